// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Lets words of a shell line mean bundles, by number or symbolic name: Felix has that in its interactive shell only. Stateless. */
@Component(property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleWords implements Converter {
    private final BundleContext context;

    /**
     * Knows all bundles.
     *
     * @param context of this bundle.
     */
    @Activate
    public BundleWords(BundleContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Object convert(Class<?> type, Object word) {
        if (type != Bundle.class) {
            return null;
        }
        return find(context, word.toString()).orElse(null);
    }

    /** The bundle of that number or symbolic name. */
    private static Optional<Bundle> find(BundleContext context, String word) {
        return Arrays.stream(context.getBundles())
                .filter(bundle ->
                        word.equals(bundle.getSymbolicName()) || word.equals(Long.toString(bundle.getBundleId())))
                .findFirst();
    }

    /** The bundle a word means, which may be one already; a refusal is thrown when there is none. */
    static Bundle get(BundleContext context, Object word) {
        return word instanceof Bundle bundle
                ? bundle
                : find(context, word.toString())
                        .orElseThrow(() -> RefusedException.because("there is no bundle=" + word
                                + "; `lb -s` shows the numbers and names of those there are."));
    }

    @Override
    public CharSequence format(Object target, int level, Converter others) {
        return null; // Felix shows bundles itself
    }
}
