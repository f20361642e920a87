// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Code that works on when its bundle is updated. The framework closes the class loader of what was updated, and a class that was
 * not loaded until then never will be. Stateless.
 */
final class LastingCode {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");

    private LastingCode() {}

    /**
     * Loads whatever the code of a bundle may ask for, its imports included. Classes of the class path need nothing: their loader
     * stays.
     *
     * @param one class of that code.
     */
    static void load(Class<?> one) {
        if (one.getClassLoader() instanceof BundleReference loader) {
            BundleWiring wiring = loader.getBundle().adapt(BundleWiring.class);
            if (wiring.getClassLoader() == one.getClassLoader()) { // else it has outlived its bundle already
                wiring.listResources("/", "*.class", BundleWiring.LISTRESOURCES_RECURSE)
                        .forEach(resource -> load(resource, one.getClassLoader()));
            }
        }
    }

    private static void load(String resource, ClassLoader loader) {
        String name = resource.substring(0, resource.lastIndexOf('.')).replace('/', '.');
        try {
            Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError optional) {
            LOG.trace("class={} is not there", name, optional); // nobody could have asked for it before, either
        }
    }
}
