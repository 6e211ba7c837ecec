#!/bin/sh
# The same bits from other processors and from another compiler:  tests/portable.sh PROGRAM.
# Speaks TAP.  What needs tools that are not installed is skipped; packages-check.txt lists them,
# and tests/aarch64.sh fetches the libraries for aarch64.
. tests/tap.sh
OMP_WAIT_POLICY=passive # else the program starts itself once more, on the real processor
OPENBLAS_NUM_THREADS=1
export OMP_WAIT_POLICY OPENBLAS_NUM_THREADS
program=$1
has() { # PART TOOL...: are all tools there?
    part=$1
    shift
    for tool; do
        command -v "$tool" > /dev/null || { echo "# skipped: $part, without $tool"; return 1; }
    done
}

small='--skills 2 --bits 12 --order 2 --batch 500 --steps 200 --every 100 --repeats 2 --quiet'
tables() { # COMMAND...: the tables of a wide and of a narrow network, but for compiler and commit
    "$@" mlp-time $small --width 200 > "$scratch/wide" &&
        "$@" mlp-time $small --width 5 --optimiser adam --decay 0.0005 > "$scratch/narrow" &&
        sed '/^# compiler: /d; /^# commit: /d' "$scratch/wide" "$scratch/narrow"
}
equal() { # COMMAND...
    tables "$@" > "$scratch/other" 2> "$scratch/trouble" && diff "$scratch/here" "$scratch/other" ||
        { sed 's/^/# /' "$scratch/trouble"; false; }
}
refused() { # VARIANT NAMES COMMAND...: NAMES are those that run instead
    variant=$1
    names=$2
    shift 2
    timeout 60 "$@" mlp-time $small --variant "$variant" > "$scratch/out" 2> "$scratch/err"
    [ $? -eq 2 ] && [ ! -s "$scratch/out" ] && [ "$(wc -l < "$scratch/err")" = 1 ] &&
        grep -q "cannot run '$variant'; it runs $names\$" "$scratch/err"
}

tables "$program" > "$scratch/here" && [ "$(grep -c '^2	200	' "$scratch/here")" = 2 ]
check 'there are two tables to compare with'

# ---- the variants are those that exist here

flags=" $(sed -n 's/^flags[^:]*://p' /proc/cpuinfo | head -n 1) "
[ "$(uname -m)" = x86_64 ] || flags=
runs=best\|plain
case $flags in *' avx2 '*) runs="$runs|avx2" ;; esac
case $flags in *' avx512vl '*) runs="$runs|avx512" ;; esac
for variant in avx2 avx512; do
    case $runs in
    *$variant*) "$program" mlp-time $small --width 200 --variant $variant | cmp -s - "$scratch/wide" ;;
    *) refused $variant "$runs" "$program" ;;
    esac
    check "variant $variant runs, or is refused with the names of those that do"
done

# ---- an older x86

if has 'an x86 without AVX' qemu-x86_64 && [ "$(uname -m)" = x86_64 ]; then
    equal qemu-x86_64 -cpu Nehalem "$program"; check 'a processor without AVX gives the same tables'
    for variant in avx2 avx512; do
        refused $variant 'best|plain' qemu-x86_64 -cpu Nehalem "$program"; check "and runs no $variant"
    done
fi

# ---- another compiler

if has clang clang; then
    ${MAKE:-make} -s program build/clang/tests/test_mlp CC=clang BUILD=build/clang > "$scratch/log" 2>&1
    [ $? -eq 0 ] && ! grep -q warning "$scratch/log"; check 'clang compiles everything without a warning'
    equal build/clang/bin/emergence; check 'its program gives the same tables'
    CMOCKA_MESSAGE_OUTPUT=TAP build/clang/tests/test_mlp > "$scratch/log" 2>&1
    check 'and its kernel passes the tests'
fi

# ---- a processor that is no x86

target=aarch64-linux-gnu
root=$PWD/build/aarch64/usr
if has aarch64 $target-gcc qemu-aarch64; then
    if [ -e "$root/lib/$target/libgsl.so" ]; then
        blas=openblas-pthread
        ${MAKE:-make} -s program CC=$target-gcc BUILD=build/$target \
            CPPFLAGS="-Isrc -D_GNU_SOURCE -idirafter $root/include -idirafter $root/include/$target/$blas" \
            LDFLAGS="-L$root/lib/$target -L$root/lib/$target/$blas -Wl,-rpath-link=$root/lib/$target" \
            > "$scratch/log" 2>&1
        [ $? -eq 0 ] && ! grep -q warning "$scratch/log"; check 'everything compiles for aarch64'
        ls build/$target/obj/kernel_*.o | grep -v plain
        [ $? -ne 0 ]; check 'with the plain kernel alone'
        arm="qemu-aarch64 -L /usr/$target -E LD_LIBRARY_PATH=$root/lib/$target:$root/lib/$target/$blas build/$target/bin/emergence"
        equal $arm; check 'and gives the same tables'
        refused avx2 'best|plain' $arm; check 'and runs no avx2'
    else
        echo '# skipped: aarch64, without its libraries: run tests/aarch64.sh'
    fi
fi
