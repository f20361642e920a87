// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thornback.examples.atlas.Survey.Dependency;
import org.thornback.examples.atlas.Survey.LargeClass;

/** The work of one task: reads the class files of a pack. Used by one thread. */
public final class Surveyor {
    private final ClassFile classFile =
            ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG, ClassFile.LineNumbersOption.DROP_LINE_NUMBERS);
    private final Map<Dependency, Integer> dependencies = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final List<LargeClass> classes = new ArrayList<>();

    private Surveyor() {}

    /** The task: a pack of class files in, what is in them out. */
    public static Survey survey(byte[] pack) {
        var surveyor = new Surveyor();
        ClassPack.unpack(pack).forEach(surveyor::read);
        return surveyor.result();
    }

    private void read(byte[] bytes) {
        ClassModel model = classFile.parse(bytes);
        String name = model.thisClass().asInternalName().replace('/', '.');
        classes.add(new LargeClass(name, bytes.length));
        for (String used : packagesUsedBy(model)) {
            dependencies.merge(new Dependency(packageOf(name), used), 1, Integer::sum);
        }
        model.methods().forEach(method -> method.code().ifPresent(this::countCalls));
    }

    private static Set<String> packagesUsedBy(ClassModel model) {
        String own = packageOf(model.thisClass().asInternalName().replace('/', '.'));
        var packages = new HashSet<String>();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry other && !other.asInternalName().startsWith("[")) {
                packages.add(packageOf(other.asInternalName().replace('/', '.')));
            }
        }
        packages.remove(own);
        return packages;
    }

    private void countCalls(CodeModel code) {
        for (CodeElement element : code) {
            if (element instanceof InvokeInstruction call) {
                String owner = call.owner().asInternalName().replace('/', '.');
                calls.merge(owner + "." + call.name().stringValue(), 1, Integer::sum);
            }
        }
    }

    private Survey result() {
        long bytes = classes.stream().mapToLong(LargeClass::bytes).sum();
        return new Survey(
                ProcessHandle.current().pid(), classes.size(), bytes, dependencies, calls, Ranking.largest(classes));
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }
}
