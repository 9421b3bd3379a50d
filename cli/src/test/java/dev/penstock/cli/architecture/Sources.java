package dev.penstock.cli.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What source files declare, as the compiler reads them. */
final class Sources {
    private final List<Type> types = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>();

    private Sources() {}

    /** A class, interface, record or enum. */
    record Type(Path file, String name, boolean isPublic, boolean topLevel) {}

    /** A method or constructor with a body. */
    record Method(Path file, String name, int line, int lines, boolean overrides) {
        String place() {
            return Repository.ROOT.relativize(file) + ":" + line + " " + name;
        }
    }

    static Sources read(List<Path> files) {
        Sources sources = new Sources();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                sources.new Reader(unit, positions).scan(unit, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    List<Type> types() {
        return types;
    }

    List<Method> methods() {
        return methods;
    }

    private final class Reader extends TreeScanner<Void, Integer> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final Path file;

        Reader(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.file = Path.of(unit.getSourceFile().toUri());
        }

        @Override
        public Void visitClass(ClassTree type, Integer depth) {
            if (!type.getSimpleName().isEmpty()) {
                boolean isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
                types.add(new Type(file, type.getSimpleName().toString(), isPublic, depth == 0));
            }
            return super.visitClass(type, depth + 1);
        }

        @Override
        public Void visitMethod(MethodTree method, Integer depth) {
            Tree body = method.getBody();
            if (body != null && positions.getStartPosition(unit, body) >= 0) {
                LineMap lines = unit.getLineMap();
                int first = (int) lines.getLineNumber(positions.getStartPosition(unit, body));
                int last = (int) lines.getLineNumber(positions.getEndPosition(unit, body));
                boolean overrides = method.getModifiers().getAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getAnnotationType().toString().equals("Override"));
                methods.add(new Method(file, method.getName().toString(), first, last - first + 1, overrides));
            }
            return super.visitMethod(method, depth);
        }
    }
}
