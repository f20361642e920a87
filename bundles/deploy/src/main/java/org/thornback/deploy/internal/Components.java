// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Says what components of a bundle wait for: it may run and yet do nothing. Safe from any thread. */
record Components(Supplier<ServiceComponentRuntime> runtime) {

    /** A sentence for what is wrong with a bundle's components; empty when nothing is. */
    String remark(Bundle bundle) {
        ServiceComponentRuntime asked = runtime.get();
        if (asked == null || bundle.getState() == Bundle.UNINSTALLED) {
            return "";
        }
        List<String> remarks = new ArrayList<>();
        for (ComponentDescriptionDTO component : asked.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO state : asked.getComponentConfigurationDTOs(component)) {
                if (state.failure != null) {
                    remarks.add("component " + component.name + " failed: "
                            + state.failure.lines().findFirst().orElse("") + ".");
                }
                for (UnsatisfiedReferenceDTO missing : state.unsatisfiedReferences) {
                    remarks.add("component " + component.name + " waits for " + missing.name
                            + (missing.target == null ? "" : " " + missing.target) + ".");
                }
            }
        }
        return String.join(" ", remarks);
    }
}
