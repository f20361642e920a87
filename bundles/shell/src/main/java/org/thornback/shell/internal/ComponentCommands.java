// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Felix's commands for components, in front of Felix's own, which answer a word that means nothing as if all were well. What they
 * return Felix shows as ever. Stateless; on the threads of the lines.
 */
@Component(
        service = ComponentCommands.class,
        property = {
            CommandProcessor.COMMAND_SCOPE + "=scr",
            CommandProcessor.COMMAND_FUNCTION + "=list",
            CommandProcessor.COMMAND_FUNCTION + "=info",
            CommandProcessor.COMMAND_FUNCTION + "=enable",
            CommandProcessor.COMMAND_FUNCTION + "=disable",
            Constants.SERVICE_RANKING + ":Integer=1"
        })
public final class ComponentCommands {
    private static final String COMPONENT = "COMPONENT";

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;

    /**
     * Knows all components.
     *
     * @param context of this bundle.
     * @param runtime of components.
     */
    @Activate
    public ComponentCommands(BundleContext context, @Reference ServiceComponentRuntime runtime) {
        this.context = requireNonNull(context, "context");
        this.runtime = requireNonNull(runtime, "runtime");
    }

    /**
     * Lists components.
     *
     * @param words a bundle's number or name, or nothing for all bundles.
     * @return the components.
     */
    @Descriptor("list component configurations")
    public ComponentDescriptionDTO[] list(@Descriptor("bundle, if only of one") Object[] words) {
        if (words.length > 1) {
            throw RefusedException.usage("unknown argument " + words[1] + ": give `scr:list [BUNDLE]`.");
        }
        Bundle[] of = words.length == 0 ? new Bundle[0] : new Bundle[] {BundleWords.get(context, words[0])};
        return runtime.getComponentDescriptionDTOs(of).toArray(ComponentDescriptionDTO[]::new);
    }

    /**
     * Shows one.
     *
     * @param words a component's name or part of it, or the number of one of its configurations.
     * @return the component, or the configuration.
     */
    @Descriptor("show a component, or a component configuration")
    public Object info(@Descriptor("name or part of it, or number") Object[] words) {
        String word = only(words, "info");
        Optional<ComponentConfigurationDTO> numbered = word.matches("\\d+") ? configuration(word) : Optional.empty();
        if (numbered.isPresent()) {
            return numbered.get();
        }
        List<ComponentDescriptionDTO> found = find(word);
        if (found.size() > 1) {
            throw RefusedException.because("component=" + word + " means " + found.size() + " of them, "
                    + found.stream().map(one -> one.name).collect(Collectors.joining(", "))
                    + ": give more of the name.");
        }
        return found.getFirst();
    }

    /**
     * Enables components.
     *
     * @param words a name or part of it.
     * @return whether one was not enabled before.
     */
    @Descriptor("enable components")
    public boolean enable(@Descriptor("name or part of it") Object[] words) {
        return change(only(words, "enable"), true, runtime::enableComponent);
    }

    /**
     * Disables components.
     *
     * @param words a name or part of it.
     * @return whether one was enabled before.
     */
    @Descriptor("disable components")
    public boolean disable(@Descriptor("name or part of it") Object[] words) {
        return change(only(words, "disable"), false, runtime::disableComponent);
    }

    private boolean change(String word, boolean wanted, Consumer<ComponentDescriptionDTO> change) {
        List<ComponentDescriptionDTO> others = find(word).stream()
                .filter(one -> runtime.isComponentEnabled(one) != wanted)
                .toList();
        others.forEach(change);
        return !others.isEmpty();
    }

    private static String only(Object[] words, String command) {
        if (words.length == 1) {
            return words[0].toString();
        }
        throw RefusedException.usage((words.length == 0 ? COMPONENT + " is missing" : "unknown argument " + words[1])
                + ": give `scr:" + command + " " + COMPONENT + "`.");
    }

    private Optional<ComponentConfigurationDTO> configuration(String number) {
        return runtime.getComponentDescriptionDTOs().stream()
                .flatMap(one -> runtime.getComponentConfigurationDTOs(one).stream())
                .filter(one -> number.equals(Long.toString(one.id)))
                .findFirst();
    }

    /** The one of that name, or else all whose names have that in them. */
    private List<ComponentDescriptionDTO> find(String word) {
        String part = word.toLowerCase(Locale.ROOT);
        List<ComponentDescriptionDTO> like = runtime.getComponentDescriptionDTOs().stream()
                .filter(one -> one.name.toLowerCase(Locale.ROOT).contains(part))
                .toList();
        if (like.isEmpty()) {
            throw RefusedException.because("there is no component=" + word + "; `scr:list` shows those there are.");
        }
        return like.stream()
                .filter(one -> one.name.equalsIgnoreCase(word))
                .findFirst()
                .map(List::of)
                .orElse(like);
    }
}
