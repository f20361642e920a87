// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime;

import io.ray.api.runtime.RayRuntime;
import io.ray.api.runtime.RayRuntimeFactory;
import org.thornback.ray.runtime.internal.facade.RuntimeStart;

/**
 * Makes the runtime of this process: a driver's, or a worker's when {@code ray.worker.mode=WORKER}.
 *
 * <p>Found by name from the thin driver jar, which knows nothing else of this one.
 */
public final class RuntimeProvider implements RayRuntimeFactory {

    /** For the class loader that finds it by name. */
    public RuntimeProvider() {}

    @Override
    public RayRuntime createRayRuntime() {
        return "WORKER".equalsIgnoreCase(System.getProperty("ray.worker.mode", "DRIVER"))
                ? RuntimeStart.worker()
                : RuntimeStart.driver();
    }
}
