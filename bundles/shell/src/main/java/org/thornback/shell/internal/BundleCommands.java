// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Felix's commands that change bundles, in front of Felix's own: those print what is wrong as an exception and say nothing of it by
 * their status. All words are looked at before anything is done. Stateless; on the threads of the lines.
 */
@Component(
        service = BundleCommands.class,
        property = {
            CommandProcessor.COMMAND_SCOPE + "=felix",
            CommandProcessor.COMMAND_FUNCTION + "=install",
            CommandProcessor.COMMAND_FUNCTION + "=start",
            CommandProcessor.COMMAND_FUNCTION + "=stop",
            CommandProcessor.COMMAND_FUNCTION + "=uninstall",
            CommandProcessor.COMMAND_FUNCTION + "=update",
            Constants.SERVICE_RANKING + ":Integer=1"
        })
public final class BundleCommands {
    private static final String BUNDLES = "BUNDLE...";

    private final BundleContext framework;

    /**
     * Knows all bundles.
     *
     * @param context of this bundle, which may be among those that are stopped.
     */
    @Activate
    public BundleCommands(BundleContext context) {
        framework = requireNonNull(context, "context")
                .getBundle(Constants.SYSTEM_BUNDLE_ID)
                .getBundleContext();
    }

    /** What is done to one thing. */
    private interface Deed<T> {
        void to(T thing) throws BundleException, IOException;
    }

    /**
     * Installs bundles.
     *
     * @param session its directory is where relative locations begin.
     * @param words   locations.
     * @return the new numbers.
     */
    @Descriptor("install bundle using URLs")
    public String install(CommandSession session, @Descriptor("target URLs") Object[] words) {
        List<Bundle> installed = new ArrayList<>();
        each(
                locations(session, given(words, "install", "URL...")),
                "installed",
                location -> installed.add(framework.installBundle(location)));
        return (installed.size() > 1 ? "Bundle IDs: " : "Bundle ID: ")
                + installed.stream()
                        .map(bundle -> Long.toString(bundle.getBundleId()))
                        .collect(Collectors.joining(", "));
    }

    /**
     * Starts bundles, and installs those that are named by a location first.
     *
     * @param session    its directory is where relative locations begin.
     * @param passing    true when they are to be stopped again at the next start of the framework.
     * @param withPolicy true when a bundle's own activation policy counts.
     * @param words      numbers, names or locations.
     */
    @Descriptor("start bundles")
    public void start(
            CommandSession session,
            @Descriptor("start bundle transiently")
                    @Parameter(
                            names = {"-t", "--transient"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean passing,
            @Descriptor("use declared activation policy")
                    @Parameter(
                            names = {"-p", "--policy"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean withPolicy,
            @Descriptor("target bundle identifiers, names or URLs") Object[] words) {
        List<Object> all = given(words, "start", "[-t] [-p] " + BUNDLES);
        List<Object> urls = all.stream().filter(BundleCommands::isLocation).toList();
        List<Bundle> bundles = new ArrayList<>(
                bundles(all.stream().filter(word -> !isLocation(word)).toList()));
        each(locations(session, urls), "installed", location -> bundles.add(framework.installBundle(location)));
        int options = (passing ? Bundle.START_TRANSIENT : 0) | (withPolicy ? Bundle.START_ACTIVATION_POLICY : 0);
        each(bundles, "started", bundle -> bundle.start(options));
    }

    /**
     * Stops bundles.
     *
     * @param passing true when they are to be started again at the next start of the framework.
     * @param words   numbers or names.
     */
    @Descriptor("stop bundles")
    public void stop(
            @Descriptor("stop bundle transiently")
                    @Parameter(
                            names = {"-t", "--transient"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean passing,
            @Descriptor("target bundles") Object[] words) {
        int options = passing ? Bundle.STOP_TRANSIENT : 0;
        each(bundles(given(words, "stop", "[-t] " + BUNDLES)), "stopped", bundle -> bundle.stop(options));
    }

    /**
     * Uninstalls bundles.
     *
     * @param words numbers or names.
     */
    @Descriptor("uninstall bundles")
    public void uninstall(@Descriptor("target bundles") Object[] words) {
        each(bundles(given(words, "uninstall", BUNDLES)), "uninstalled", Bundle::uninstall);
    }

    /**
     * Updates a bundle.
     *
     * @param session its directory is where a relative location begins.
     * @param words   its number or name, and where it comes from now if it comes from elsewhere.
     */
    @Descriptor("update bundle, from where it came or from a URL")
    public void update(CommandSession session, @Descriptor("target bundle, and URL") Object[] words) {
        List<Object> all = given(words, "update", "BUNDLE [URL]");
        if (all.size() > 2) {
            throw usage("unknown argument " + all.get(2), "update", "BUNDLE [URL]");
        }
        List<Bundle> bundle = bundles(all.subList(0, 1));
        List<String> location = locations(session, all.subList(1, all.size()));
        each(bundle, "updated", one -> update(one, location));
    }

    private static void update(Bundle bundle, List<String> location) throws BundleException, IOException {
        if (location.isEmpty()) {
            bundle.update();
            return;
        }
        try (InputStream content = URI.create(location.getFirst()).toURL().openStream()) {
            bundle.update(content);
        }
    }

    private static List<Object> given(Object[] words, String command, String synopsis) {
        if (words.length == 0) {
            throw usage("words are missing", command, synopsis);
        }
        Arrays.stream(words)
                .map(String::valueOf)
                .filter(word -> word.startsWith("-"))
                .findFirst()
                .ifPresent(option -> {
                    throw usage("unknown option " + option, command, synopsis);
                });
        return List.of(words);
    }

    private static RefusedException usage(String problem, String command, String synopsis) {
        return RefusedException.usage(problem + ": give `" + command + " " + synopsis + "`.");
    }

    private List<Bundle> bundles(List<Object> words) {
        return words.stream().map(word -> BundleWords.get(framework, word)).toList();
    }

    private static boolean isLocation(Object word) {
        return !(word instanceof Bundle) && word.toString().indexOf(':') >= 0;
    }

    private static List<String> locations(CommandSession session, List<Object> words) {
        return words.stream().map(word -> location(session, word.toString())).toList();
    }

    private static String location(CommandSession session, String word) {
        try {
            return session.currentDir().toUri().resolve(word).toString();
        } catch (IllegalArgumentException e) {
            throw RefusedException.because("location=" + word + " is no URL: give one as file:/directory/bundle.jar.");
        }
    }

    /** Does it to each, also when it cannot be done to one before. */
    private static <T> void each(List<T> things, String done, Deed<T> deed) {
        List<String> problems = new ArrayList<>();
        for (T thing : things) {
            try {
                deed.to(thing);
            } catch (BundleException | IOException | IllegalArgumentException | IllegalStateException e) {
                problems.add(name(thing) + " cannot be " + done + ": " + reason(e) + ".");
            }
        }
        if (!problems.isEmpty()) {
            throw RefusedException.because(String.join(" ", problems));
        }
    }

    private static String name(Object thing) {
        return thing instanceof Bundle bundle
                ? "bundle=" + bundle.getBundleId() + " (" + bundle.getSymbolicName() + ")"
                : "location=" + thing;
    }

    private static String reason(Exception failure) {
        Throwable reason =
                failure instanceof BundleException && failure.getCause() != null ? failure.getCause() : failure;
        String message = reason.getMessage();
        return message == null || message.isBlank()
                ? reason.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ").replaceAll("\\.$", "");
    }
}
