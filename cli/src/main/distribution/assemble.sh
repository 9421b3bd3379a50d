#!/bin/sh
# Makes the distribution in cli/target out of what the modules have built; called by Maven in the phase 'package'.
#
# usage: assemble.sh VERSION JAVA_HOME ARCHIVE, where ARCHIVE is true to make the tar.gz as well
set -eu
version=$1
java_home=$2
archive=$3

here=$(CDPATH='' cd -- "${0%/*}" && pwd -P)
root=$(CDPATH='' cd -- "$here/../../../.." && pwd -P)
target=$root/cli/target
name=penstock-$version
dist=$target/$name

# What connectors get from Penstock itself and must not bring along.
is_exposed() {
    case ${1##*/} in
        connector-spi-*.jar | slf4j-api-*.jar | jspecify-*.jar) return 0 ;;
        *) return 1 ;;
    esac
}

# Jars of others are linked rather than copied, since they are large and never change in place.
add() {
    case $1 in
        "$root"/*) cp "$1" "$2" ;;
        *) ln "$1" "$2" 2>/dev/null || cp "$1" "$2" ;;
    esac
}

# The jar of a module and all that it needs at run time.
closure() {
    ls "$root/$1/target/"*"-$version.jar"
    tr ':' '\n' < "$root/$1/target/runtime-classpath"
    echo
}

rm -rf "$dist" "$target/distribution"
mkdir -p "$dist/bin" "$dist/lib/training" "$dist/connectors"
cp "$here/bin/penstock" "$dist/bin/"
cp "$here/jvm.options" "$dist/"
cp "$here/make-archive" "$dist/lib/"
cp "$here/training/"* "$dist/lib/training/"
cp "$root/README.md" "$root/LICENSE" "$root/NOTICE" "$dist/"

# The class archive checks the times of these jars, and a tar keeps no more than seconds: so copies with whole seconds.
closure cli | while IFS= read -r jar; do
    [ -z "$jar" ] || cp "$jar" "$dist/lib/"
done

for module in "$root"/connectors/* "$root"/connectors/formats/* "$root/embeddings"; do
    [ -f "$module/target/runtime-classpath" ] || continue
    into=$dist/connectors/${module##*/}
    mkdir "$into"
    closure "${module#"$root/"}" | while IFS= read -r jar; do
        [ -z "$jar" ] || is_exposed "$jar" || add "$jar" "$into/"
    done
done
# SQLite's native library lies ready rather than being unpacked at every start; elsewhere than on these, it still is.
(
    cd "$dist/lib"
    for place in Linux/x86_64/libsqlitejdbc.so Linux/aarch64/libsqlitejdbc.so Mac/x86_64/libsqlitejdbc.dylib \
        Mac/aarch64/libsqlitejdbc.dylib; do
        "$java_home/bin/jar" --extract --file sqlite-jdbc-*.jar "org/sqlite/native/$place"
    done
    mv org/sqlite/native sqlite
    rm -r org
)

# Threads that Lance's native library starts look for its callbacks in the system class loader, where isolated
# connectors are not; without this class they die with a message. It is never used there.
(
    cd "$target"
    "$java_home/bin/jar" --extract --file "$dist"/connectors/lancedb/lance-core-*.jar org/lance/ipc/AsyncScanner.class
    "$java_home/bin/jar" --create --no-manifest --date=2026-11-21T00:00:00Z --file "$dist/lib/lance-callbacks.jar" \
        org/lance/ipc/AsyncScanner.class
    rm -r org
)
chmod -R u+rwX,go+rX,go-w "$dist/bin" "$dist/lib"
find "$dist/bin" "$dist/lib" "$dist/jvm.options" "$dist/README.md" "$dist/LICENSE" "$dist/NOTICE" -exec touch -d 2026-11-21T00:00:00Z {} +

"$java_home/bin/java" -cp "$dist/lib/*" dev.penstock.cli.plugin.IndexConnectors "$dist/connectors"
touch -d 2026-11-21T00:00:00Z "$dist/connectors"/*/connector.properties "$dist/connectors"/* "$dist/connectors"

# The same bytes whoever builds it and when; jars are compressed already, so the fastest level is as good as any.
if [ "$archive" = true ]; then
    (cd "$target" && tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=2026-11-21T00:00:00Z --format=ustar \
        --hard-dereference -cf - "$name") | gzip -n -1 > "$target/$name.tar.gz"
fi

"$dist/lib/make-archive" "$java_home"
echo "$dist" > "$target/distribution"
