#!/usr/bin/env python3
"""Change the formulas in one place at a time and see whether the tests notice.

A mutant is one module with one change.  Candidates are all changes of the kinds below in the
functions that an interface uses; the draw takes those with the smallest hash of seed and place,
so that an edit elsewhere changes little of it.  Each mutant is compiled, linked with the other
modules as they are, and tested until something fails: first by the unit tests of its module,
then by the audit, then by the unit tests of the other chapters that use it, and last by its own
once more with the sanitizers.

Called by make mutants, which says how to compile.  The last line is the verdict; the exit code
is 1 if too few mutants are caught or if tests/equivalent.tsv is out of date.
"""
import argparse
import concurrent.futures
import filecmp
import hashlib
import os
import re
import resource
import shutil
import signal
import subprocess
import sys

SEED = 2385
DRAWN = 200
REQUIRED = 0.95
CPU_SECONDS = 20  # of one test program; a mutant that takes longer is caught
WORK = 'build/mutants'
ENVIRONMENT = dict(os.environ, CMOCKA_MESSAGE_OUTPUT='TAP', OMP_NUM_THREADS='1',
                   OPENBLAS_NUM_THREADS='1')
SANITIZE = ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined']
COLUMNS = ['mutant', 'module', 'function', 'line', 'becomes', 'kind', 'fate', 'by']

# ---- candidates

TOKEN = re.compile(r'''
    (?P<skip>\s+|//[^\n]*|/\*.*?\*/|^\#[^\n]*)
  | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
  | (?P<number>0[xX][0-9a-fA-F.]+(?:[pP][+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<name>[A-Za-z_]\w*)
  | (?P<mark>->|\+\+|--|<<=?|>>=?|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)
''', re.VERBOSE | re.DOTALL | re.MULTILINE)

# Statements with these words handle memory, sizes of tables and texts, not values.
MEMORY = {'malloc', 'calloc', 'realloc', 'free', 'sizeof', 'size_t', 'memset', 'memcpy', 'enum'}
TYPES = {'double', 'float', 'int', 'long', 'unsigned', 'bool', 'char', 'static', 'const', 'struct',
         'complex', 'uint64_t', 'int32_t', 'uint32_t'}
KEYWORDS = TYPES | {'return', 'case', 'else', 'do'}
OPERATORS = {'+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['/'], '+=': ['-='],
             '-=': ['+='], '*=': ['/='], '/=': ['*=']}
COMPARISONS = {'<': ['<=', '>'], '<=': ['<', '>='], '>': ['>=', '<'], '>=': ['>', '<='],
               '==': ['!='], '!=': ['==']}
FUNCTIONS = {'sin': 'cos', 'cos': 'sin', 'fmin': 'fmax', 'fmax': 'fmin'}


def tokenise(text):
    """Tokens as (kind, text, place), without comments, white space and preprocessor lines."""
    tokens = []
    for match in TOKEN.finditer(text):
        if match.lastgroup != 'skip':
            tokens.append((match.lastgroup, match.group(), match.start()))
    return tokens


def definitions(tokens):
    """Functions and constants of a file: name -> (exported, tokens of body or value)."""
    found, start, depth = {}, 0, 0
    for i, (_, text, _) in enumerate(tokens):
        depth += (text in ('(', '{', '[')) - (text in (')', '}', ']'))
        if depth or text not in (';', '}'):
            continue
        words = [token[1] for token in tokens[start:i + 1]]
        body = words.index('{') if '{' in words else 0
        function = body > 0 and words[body - 1] == ')'
        if function:
            name = words[words.index('(') - 1]
            found[name] = ('static' not in words[:body], tokens[start + body:i + 1])
        elif text == ';' and words[0] in ('static', 'const') and '=' in words:
            for j in range(words.index('=')):
                if words[j + 1] in ('=', '['):
                    found[words[j]] = (words[0] != 'static', tokens[start:i + 1])
                    break
        if function or text == ';':
            start = i + 1
    return found


def reached(found):
    """Names that the functions and constants of the interface use, directly or through others."""
    known, new = set(), {name for name, (exported, _) in found.items() if exported}
    while new:
        known |= new
        new = {t[1] for name in new for t in found[name][1] if t[1] in found} - known
    return known


def statements(tokens):
    """Split at semicolons and braces; braces of initialisers do no harm."""
    statement = []
    for token in tokens:
        if token[1] in ('{', '}', ';'):
            if statement:
                yield statement
            statement = []
        else:
            statement.append(token)
    if statement:
        yield statement


def closing(tokens, i):
    """Index of the bracket that closes the one at i."""
    depth = 0
    for j in range(i, len(tokens)):
        depth += (tokens[j][1] in '([') - (tokens[j][1] in ')]')
        if depth == 0:
            return j
    return None


def constants(text):
    """A constant, one more, and twice as much; for 0 only 1."""
    if re.fullmatch(r'\d+', text):
        value = int(text)
        return [str(value + 1)] + ([str(2 * value)] if value > 1 else [])
    return [f'({text} + 1)', f'(2 * {text})']


def changes(statement, text):
    """Changes of one statement: (kind, begin, end, replacement)."""
    words = [t[1] for t in statement]
    declared = words[0] in TYPES
    depth = equals = 0
    skipped = -1  # index of the end of the length of an array
    for i, (kind, word, place) in enumerate(statement):
        before = statement[i - 1] if i else ('mark', '', 0)
        binary = (before[0] == 'number' or before[1] in (')', ']')
                  or before[0] == 'name' and before[1] not in KEYWORDS)
        end = place + len(word)
        depth += (word in ('(', '[')) - (word in (')', ']'))
        equals += word == '='
        if declared and word == '[' and depth == 1 and statement[i - 2][1] in TYPES | {'*', ','}:
            skipped = closing(statement, i)
        if i <= skipped:
            continue
        if kind == 'number':
            for new in constants(word):
                yield 'constant', place, end, new
        elif binary and word in OPERATORS and not (declared and not equals):
            for new in OPERATORS[word]:
                yield 'operator', place, end, new
        elif binary and word in COMPARISONS:
            for new in COMPARISONS[word]:
                yield 'comparison', place, end, new
        elif word == '-' and before[1] != ')':
            yield 'sign', place, end, ''
        elif word in FUNCTIONS:
            yield 'function', place, end, FUNCTIONS[word]
        elif word in ('exp', 'expm1', 'cexp', 'stream_exp') and i + 1 < len(statement):
            last = statement[closing(statement, i + 1)][2]
            first = statement[i + 1][2] + 1
            yield 'sign', first, last, '-(' + text[first:last] + ')'
        elif word == 'pow' and i + 1 < len(statement):
            swap = swapped(statement, i + 1, text)
            if swap:
                yield ('function',) + swap


def swapped(statement, i, text):
    """The two arguments of a call in the other order."""
    last, depth = closing(statement, i), 0
    for j in range(i, last):
        depth += (statement[j][1] in '([') - (statement[j][1] in ')]')
        if statement[j][1] == ',' and depth == 1:
            first, comma, end = statement[i][2] + 1, statement[j][2], statement[last][2]
            return first, end, text[comma + 1:end].strip() + ', ' + text[first:comma]
    return None


class Mutant:
    def __init__(self, module, function, text, kind, begin, end, new):
        self.module, self.function, self.kind = module, function, kind
        self.begin, self.end, self.new = begin, end, new
        line, last = text.rfind('\n', 0, begin) + 1, text.find('\n', end)
        self.line = ' '.join(text[line:last].split())
        self.becomes = ' '.join((text[line:begin] + new + text[end:last]).split())
        self.old = ' '.join(text[begin:end].split())
        self.column = begin - line
        self.fate, self.by = None, ''

    def name(self, repeats):
        """Identity: the place in words, so that it outlives edits elsewhere; no line number."""
        place = f'{self.module} {self.function} {self.line} {self.old} {self.new} {self.column}'
        repeats[place] = repeats.get(place, 0) + 1
        self.id = digest(f'{place} {repeats[place]}')[:8]

    def describe(self):
        return f'{self.module}.c, {self.function}: {self.line} -> {self.becomes}'

    def row(self):
        return [self.id, self.module, self.function, self.line, self.becomes, self.kind,
                self.fate, self.by]


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def candidates(modules):
    """All mutants of all modules, in the order of the draw."""
    found, repeats = [], {}
    for module in modules:
        text = open(f'src/{module}.c').read()
        parts = definitions(tokenise(text))
        for name in sorted(reached(parts), key=lambda n: parts[n][1][0][2]):
            for statement in statements(parts[name][1]):
                words = {t[1] for t in statement}
                if words & MEMORY or any(word.endswith('_alloc') for word in words):
                    continue
                for change in changes(statement, text):
                    found.append(Mutant(module, name, text, *change))
                    found[-1].name(repeats)
    return sorted(found, key=lambda mutant: digest(f'{SEED} {mutant.id}'))


def theory():
    """The chapters from "task" to the one before the networks, minimal and sums; their modules."""
    order = re.findall(r'^\\chapterfile\{(\w+)\}', open('paper.nw').read(), re.MULTILINE)
    return {chapter: re.findall(r'^<<(\w+)\.c>>=$', open(f'src/{chapter}.nw').read(), re.MULTILINE)
            for chapter in order[order.index('task'):order.index('mlp')] + ['minimal', 'sums']}


# ---- trials

def users(module):
    """All modules that include a module, directly or through others; itself too."""
    included = {}
    for file in os.listdir('src'):
        if file.endswith(('.c', '.h')):
            names = re.findall(r'#include "(\w+)\.h"', open('src/' + file).read())
            included.setdefault(file[:-2], set()).update(names)
    found, new = set(), {module}
    while new:
        found |= new
        new = {user for user, names in included.items() if names & new} - found
    return found


class Bench:
    """Compiles, links and tests."""
    def __init__(self, options):
        self.cc, self.libraries = options.cc.split(), options.libraries.split()
        self.objects = options.objects.split()
        chapters = theory()
        names = list(dict.fromkeys([*chapters, *sum(chapters.values(), [])]))
        self.tests = [f'test_{name}' for name in names if os.path.exists(f'tests/test_{name}.c')]
        self.of_module = {}
        for chapter, modules in chapters.items():
            for module in modules:
                own = f'test_{module}' if f'test_{module}' in self.tests else f'test_{chapter}'
                others = [f'test_{c}' for c in chapters if users(module) & set(chapters[c])]
                self.of_module[module] = [own, 'audit'] + [t for t in others if t != own]

    def compile(self, source, target, flags=()):
        command = self.cc + ['-w', '-c', '-o', target, source, *flags]
        return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0

    def compile_module(self, module, source, target, flags=()):
        """A module that is compiled once for each variant counts as its plain one."""
        if f'build/obj/{module}_plain.o' in self.objects:
            flags = ['-DVARIANT=plain', '-DREAL=float', *flags]
        return self.compile(source, target, flags)

    def prepare(self):
        shutil.rmtree(WORK, ignore_errors=True)
        os.makedirs(WORK)
        for module in self.of_module:
            if not self.compile_module(module, f'src/{module}.c', f'{WORK}/{module}.o'):
                sys.exit(f'src/{module}.c does not compile')
        for test in self.tests:
            if not self.compile(f'tests/{test}.c', f'{WORK}/{test}.o'):
                sys.exit(f'tests/{test}.c does not compile')

    def link(self, test, folder, module, flags=()):
        main = 'build/obj/program.o' if test == 'audit' else f'{WORK}/{test}.o'
        replaced = (f'build/obj/{module}.o', f'build/obj/{module}_plain.o')
        objects = [o for o in self.objects if o not in replaced]
        subprocess.run(self.cc + ['-o', f'{folder}/{test}', main, f'{folder}/{module}.o'] + objects
                       + ['-lcmocka', *self.libraries, *flags], check=True)

    def failure(self, test, folder, limits=None):
        """What fails first in a test program, or None; it is stopped there."""
        command = [f'{folder}/{test}'] + (['audit'] if test == 'audit' else [])
        mark = re.compile(r'(eq:\S+)\t.*\tfailed$' if test == 'audit' else r'not ok \d+ - (\w+)')
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, preexec_fn=limits or limit,
                              env=ENVIRONMENT, text=True, errors='replace') as process:
            for line in process.stdout:
                failed = mark.match(line)
                if failed:
                    process.kill()
                    return failed.group(1)
        if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return 'time limit'
        return f'exit code {process.returncode}' if process.returncode else None

    def write(self, mutant):
        """The module with its change, in a folder of its own."""
        folder = f'{WORK}/{mutant.id}'
        os.makedirs(folder)
        text = open(f'src/{mutant.module}.c').read()
        with open(f'{folder}/{mutant.module}.c', 'w') as file:
            file.write(text[:mutant.begin] + mutant.new + text[mutant.end:])
        return folder

    def try_mutant(self, mutant):
        folder = self.write(mutant)
        mutant.fate = self.fate(mutant, folder)
        shutil.rmtree(folder)
        return mutant

    def fate(self, mutant, folder):
        source, target = f'{folder}/{mutant.module}.c', f'{folder}/{mutant.module}.o'
        if not self.compile_module(mutant.module, source, target):
            return 'does not compile'
        if mutant.function and filecmp.cmp(target, f'{WORK}/{mutant.module}.o', False):
            return 'same code'
        own, *others = self.of_module[mutant.module]
        for test in [own] + others:
            self.link(test, folder, mutant.module)
            failed = self.failure(test, folder)
            if failed:
                mutant.by = f'{test}: {failed}'
                if 'audit' in mutant.by:
                    return 'audit'
                return 'own tests' if test == own else 'other tests'
        return 'survived'

    def sanitize(self, mutant):
        """The tests of its chapter once more, with the sanitizers on the changed module."""
        folder, test = self.write(mutant), self.of_module[mutant.module][0]
        self.compile_module(mutant.module, f'{folder}/{mutant.module}.c',
                            f'{folder}/{mutant.module}.o', SANITIZE)
        self.link(test, folder, mutant.module, SANITIZE)
        failed = self.failure(test, folder, limit_time)
        if failed:
            mutant.fate, mutant.by = 'own tests', f'{test}, sanitized: {failed}'
        shutil.rmtree(folder)


def limit_time():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def limit():
    limit_time()
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def try_all(bench, mutants, jobs):
    """Try mutants several at a time, with a line about each; they keep their order."""
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(bench.try_mutant, mutant)
                                                     for mutant in mutants]):
            mutant = done.result()
            print(f'{mutant.fate}: {mutant.describe()} {mutant.by}', flush=True)


def try_unchanged(bench, modules, jobs):
    """The modules as they are have to pass all their tests, or nothing could be concluded."""
    same = [Mutant(module, '', '\n', 'none', 0, 0, '') for module in modules]
    for mutant in same:
        mutant.id = mutant.module
    try_all(bench, same, jobs)
    for mutant in same:
        if mutant.fate != 'survived':
            sys.exit(f'{mutant.module}.c fails as it is: {mutant.fate} {mutant.by}')


def draw(bench, found, jobs):
    """The first so many of the candidates that compile, and not to the same code."""
    drawn, begin = [], 0
    while len(drawn) < DRAWN and begin < len(found):
        end = begin + DRAWN - len(drawn)
        try_all(bench, found[begin:end], jobs)
        drawn += [m for m in found[begin:end] if m.fate not in ('does not compile', 'same code')]
        begin = end
    return drawn


# ---- the report

def read_equivalent(path):
    """The mutants that change nothing: id -> reason."""
    reasons = {}
    for line in open(path):
        if line.strip() and not line.startswith('#') and not line.startswith('mutant\t'):
            fields = line.rstrip('\n').split('\t')
            reasons[fields[0]] = fields[-1]
    return reasons


def judge(found, reasons):
    """Give the listed mutants their fate; say which listings are wrong."""
    wrong = []
    known = {mutant.id: mutant for mutant in found}
    for name, reason in reasons.items():
        mutant = known.get(name)
        if not mutant:
            wrong.append(f'{name} is listed as equivalent, but there is no such mutant')
        elif mutant.fate != 'survived':
            wrong.append(f'{name} is listed as equivalent, but: {mutant.fate}, {mutant.by}')
        else:
            mutant.fate, mutant.by = 'equivalent', reason
    return wrong


def run(options):
    modules = [module for group in theory().values() for module in group]
    found = candidates(modules)
    if options.list:
        for mutant in found:
            print(mutant.id, mutant.describe())
        return 0
    reasons = read_equivalent('tests/equivalent.tsv')
    bench = Bench(options)
    bench.prepare()
    try_unchanged(bench, modules, options.jobs)
    drawn = draw(bench, found, options.jobs)
    try_all(bench, [m for m in found if m.id in reasons and not m.fate], options.jobs)
    wrong = judge(found, reasons)
    for mutant in drawn:
        if mutant.fate == 'survived':
            bench.sanitize(mutant)
    write_table('tests/mutants.tsv', by_module(drawn, modules), found)
    for mutant in drawn:
        if mutant.fate == 'survived':
            print(f'not caught: {mutant.id} {mutant.describe()}')
    survived = sum(mutant.fate == 'survived' for mutant in drawn)
    equivalent = sum(mutant.fate == 'equivalent' for mutant in drawn)
    caught, real = len(drawn) - survived - equivalent, len(drawn) - equivalent
    print('\n'.join(wrong + [f'{caught} of {real} mutants caught, {equivalent} equivalent']))
    return int(bool(wrong) or caught < REQUIRED * real)


def by_module(drawn, modules):
    """In reading order, so that the table changes little when the draw does."""
    return sorted(drawn, key=lambda mutant: (modules.index(mutant.module), mutant.begin, mutant.id))


def write_table(path, drawn, found):
    with open(path + '.new', 'w') as file:
        file.write(f'# command: make mutants\n# candidates: {len(found)}\n# seed: {SEED}\n'
                   f'# seconds: {CPU_SECONDS}\n')
        for row in [COLUMNS] + [mutant.row() for mutant in drawn]:
            file.write('\t'.join(row) + '\n')
    os.replace(path + '.new', path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--cc', required=True, help='compiler with its flags')
    parser.add_argument('--libraries', default='', help='flags for the linker')
    parser.add_argument('--objects', required=True, help='objects of all modules')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--list', action='store_true', help='list the candidates and stop')
    options = parser.parse_args()
    sys.exit(run(options))


if __name__ == '__main__':
    main()
