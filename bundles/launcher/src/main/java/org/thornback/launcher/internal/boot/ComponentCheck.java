// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Asks the component runtime which components do not run and why.
 *
 * <p>A component that fails in its constructor leaves its bundle active, so nothing else would tell.
 */
final class ComponentCheck {
    private final BundleContext context;

    ComponentCheck(BundleContext context) {
        this.context = requireNonNull(context, "context");
    }

    /**
     * Components whose activation threw.
     *
     * @return one sentence each; empty when none did.
     */
    List<String> failed() {
        return sentences(false);
    }

    /**
     * Components that failed or wait for something.
     *
     * @return one sentence each; empty when all run.
     */
    List<String> notRunning() {
        return sentences(true);
    }

    /**
     * Components of one bundle that failed or wait for something.
     *
     * @param number of the bundle in the framework.
     * @return one sentence each; empty when all run, and when there is no such bundle.
     */
    List<String> notRunning(long number) {
        Bundle bundle = context.getBundle(number);
        return bundle == null ? List.of() : sentences(true, bundle);
    }

    /** Of these bundles; of all when none is given. */
    private List<String> sentences(boolean waitingToo, Bundle... bundles) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return waitingToo ? List.of("the component runtime is missing: is its bundle in the features?") : List.of();
        }
        ServiceComponentRuntime runtime = context.getService(reference);
        List<String> found = new ArrayList<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(bundles)) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(description)) {
                switch (configuration.state) {
                    case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                        found.add("component=" + description.name + " failed: " + firstLine(configuration.failure));
                    case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> {
                        if (waitingToo) {
                            found.add("component=" + description.name + " waits for " + missing(configuration));
                        }
                    }
                    case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> {
                        if (waitingToo) {
                            found.add("component=" + description.name + " waits for its configuration "
                                    + Arrays.toString(description.configurationPid));
                        }
                    }
                    default -> {}
                }
            }
        }
        return found;
    }

    private static String missing(ComponentConfigurationDTO configuration) {
        return Arrays.stream(configuration.unsatisfiedReferences)
                .map(reference -> text(configuration.description, reference))
                .collect(Collectors.joining(", "));
    }

    /** A reference by the service it wants: those of constructors have no name worth reading. */
    private static String text(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO reference) {
        String service = Arrays.stream(component.references)
                .filter(one -> one.name.equals(reference.name))
                .map(one -> one.interfaceName)
                .findFirst()
                .orElse(reference.name);
        return reference.target == null ? service : service + " " + reference.target;
    }

    private static String firstLine(String failure) {
        if (failure == null || failure.isBlank()) {
            return "no reason given";
        }
        // the innermost cause says what happened, the lines above it only where
        String cause = failure.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, last) -> last)
                .orElse(failure.lines().findFirst().orElse(failure));
        return cause.replaceFirst("^Caused by: ", "").strip();
    }
}
