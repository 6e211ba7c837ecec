#include "common.h"
#include "provenance.h"
#include <cblas.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void give_up(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, why);
    exit(EXIT_FAILURE);
}

void demand(enum status status, const char *what)
{
    if (status != STATUS_OK)
        give_up(what, status_text(status));
}

void *reserve(size_t bytes, const char *what)
{
    void *memory = malloc(bytes);
    if (!memory)
        give_up(what, status_text(STATUS_MEMORY));
    return memory;
}

double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ---- PyTorch, in a process of its own */

static void run_child(const char *script, int input, int output)
{
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    execl("/usr/bin/python3", "python3", script, (char *)NULL);
    _exit(127);
}

void start_torch(struct torch *torch, const char *script, char *greeting, int size)
{
    int to[2], from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0)
        give_up("pipe", strerror(errno));
    pid_t child = fork();
    if (child < 0)
        give_up("fork", strerror(errno));
    if (child == 0)
        run_child(script, to[0], from[1]);
    close(to[0]);
    close(from[1]);
    torch->to = fdopen(to[1], "w");
    torch->from = fdopen(from[0], "r");
    greeting[0] = '\0';
    if (!torch->to || !torch->from)
        give_up("pipe", strerror(errno));
    if (!fgets(greeting, size, torch->from)) {
        fclose(torch->to);
        fclose(torch->from);
        torch->to = torch->from = NULL;
    }
    greeting[strcspn(greeting, "\n")] = '\0';
}

void stop_torch(struct torch *torch)
{
    if (torch->to)
        fclose(torch->to);
    if (torch->from)
        fclose(torch->from);
    wait(NULL);
}

/* ---- options */

struct options read_options(int argc, char **argv)
{
    struct options options = {false, "-"};
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--quick")) {
            options.quick = true;
        } else if (!strcmp(argv[i], "--output") && i + 1 < argc) {
            options.output = argv[++i];
        } else {
            bool help = !strcmp(argv[i], "--help");
            fprintf(help ? stdout : stderr, "Usage: %s [--quick] [--output FILE]\n",
                    program_invocation_short_name);
            exit(help ? EXIT_SUCCESS : 2);
        }
    }
    return options;
}

/* ---- the header of a table */

static void machine_name(char *name, size_t size)
{
    FILE *stream = fopen("/proc/cpuinfo", "r");
    char line[256];
    snprintf(name, size, "unknown");
    while (stream && fgets(line, sizeof line, stream))
        if (!strncmp(line, "model name", 10) && strchr(line, ':')) {
            line[strcspn(line, "\n")] = '\0';
            snprintf(name, size, "%s", strchr(line, ':') + 2);
            break;
        }
    if (stream)
        fclose(stream);
}

void write_header(FILE *stream, const char *command, const char *const *modules,
                  const char *torch)
{
    char machine[256];
    machine_name(machine, sizeof machine);
    fprintf(stream, "# command: %s\n", command);
    for (const struct provenance_module *module = provenance_modules; module->name; module++)
        for (int i = 0; modules[i]; i++)
            if (!strcmp(module->name, modules[i]))
                fprintf(stream, "# module: %s %s\n", module->name, module->hash);
    fprintf(stream, "# commit: %s\n# compiler: %s\n# machine: %s, %ld cores\n",
            provenance_commit, provenance_compiler, machine, sysconf(_SC_NPROCESSORS_ONLN));
    fprintf(stream, "# blas: %s\n# torch: %s\n", openblas_get_config(),
            torch[0] ? torch : "not installed");
}
