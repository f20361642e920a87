// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.function;

import static java.util.Objects.requireNonNull;

import io.ray.api.concurrencygroup.annotations.UseConcurrencyGroup;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.thornback.ray.runtime.internal.value.ValueFormatException;

/** Finds the method that a descriptor names in the classes of the job. Safe from any thread; found methods are kept. */
public final class FunctionLoader {
    private final ConcurrentHashMap<FunctionDescriptor, Invocable> found = new ConcurrentHashMap<>();
    private final Supplier<ClassLoader> userClasses;

    /**
     * Creates the loader.
     *
     * @param userClasses where the program's classes are.
     */
    public FunctionLoader(Supplier<ClassLoader> userClasses) {
        this.userClasses = requireNonNull(userClasses, "userClasses");
    }

    /**
     * Loads a function.
     *
     * @param descriptor names the method.
     * @return what can be called.
     */
    public Invocable load(FunctionDescriptor descriptor) {
        Invocable known = found.get(descriptor);
        return known != null ? known : found.computeIfAbsent(descriptor, this::find);
    }

    /**
     * Loads the function an actor call means: the overriding method of the actor's class, with the annotations of all it
     * overrides.
     *
     * @param descriptor as the caller named it.
     * @param actorClass class of the actor that runs.
     * @return what can be called.
     */
    public Invocable loadForActor(FunctionDescriptor descriptor, Class<?> actorClass) {
        Invocable general = load(descriptor);
        if (general instanceof Invocable.MethodCall(Method method, String group) && group.isEmpty()) {
            String inherited = groupInHierarchy(actorClass, method);
            return inherited.isEmpty() ? general : new Invocable.MethodCall(method, inherited);
        }
        return general;
    }

    private Invocable find(FunctionDescriptor descriptor) {
        try {
            Class<?> owner = Class.forName(descriptor.className(), true, userClasses.get());
            Class<?>[] parameters = MethodType.fromMethodDescriptorString(descriptor.descriptor(), userClasses.get())
                    .parameterArray();
            if (FunctionDescriptor.CONSTRUCTOR.equals(descriptor.methodName())) {
                return new Invocable.ConstructorCall(accessible(owner.getDeclaredConstructor(parameters)));
            }
            Method method = accessible(method(owner, descriptor.methodName(), parameters));
            UseConcurrencyGroup group = method.getAnnotation(UseConcurrencyGroup.class);
            return new Invocable.MethodCall(method, group == null ? "" : group.name());
        } catch (ClassNotFoundException | TypeNotPresentException e) {
            String missing = e instanceof TypeNotPresentException type ? type.typeName() : descriptor.className();
            throw new ValueFormatException(
                    "class=" + missing + " was not found on the worker for function=" + descriptor.displayName()
                            + "; put its jar or directory on the driver's class path or on ray.job.code-search-path",
                    e);
        } catch (NoSuchMethodException e) {
            throw new ValueFormatException(
                    "function=" + descriptor + " was not found in class=" + descriptor.className()
                            + "; the worker's ray.job.code-search-path holds another version of it",
                    e);
        }
    }

    private static Method method(Class<?> owner, String name, Class<?>[] parameters) throws NoSuchMethodException {
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            try {
                return type.getDeclaredMethod(name, parameters);
            } catch (NoSuchMethodException e) {
                continue; // inherited: look at the superclass
            }
        }
        return owner.getMethod(name, parameters); // a default method of an interface
    }

    private static String groupInHierarchy(Class<?> type, Method method) {
        if (type == null) {
            return "";
        }
        String here = Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.getName().equals(method.getName())
                        && Arrays.equals(m.getParameterTypes(), method.getParameterTypes()))
                .map(m -> m.getAnnotation(UseConcurrencyGroup.class))
                .filter(group -> group != null)
                .map(UseConcurrencyGroup::name)
                .findFirst()
                .orElse("");
        if (!here.isEmpty()) {
            return here;
        }
        for (Class<?> parent : type.getInterfaces()) {
            String inherited = groupInHierarchy(parent, method);
            if (!inherited.isEmpty()) {
                return inherited;
            }
        }
        return groupInHierarchy(type.getSuperclass(), method);
    }

    private static <T extends AccessibleObject> T accessible(T member) {
        member.setAccessible(true);
        return member;
    }
}
