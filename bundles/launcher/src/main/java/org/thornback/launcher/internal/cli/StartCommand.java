// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.thornback.api.config.LaunchOptions;
import org.thornback.launcher.internal.boot.NodeStart;
import org.thornback.launcher.internal.boot.Starter;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ray start}: this process becomes the node.
 *
 * <p>It only collects what was said; the configuration of the node checks it, so that there is one validator.
 */
@Command(
        name = "start",
        sortOptions = false,
        description = "Starts a Ray node on this machine and returns when a task can run on it.")
final class StartCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("thornback.start.seconds", 30));

    /** Flags that say how to start; no option of the node. */
    static final Set<String> OWN_FLAGS = Set.of("head", "address", "block", "shell");

    @Spec
    private CommandSpec spec;

    /**
     * Adds the options, which come from one list and not from fields.
     *
     * @param spec the command's own.
     */
    static void addOptions(CommandSpec spec) {
        StartFlag.ALL.forEach(flag -> spec.addOption(option(flag, List.of())));
    }

    /** A flag as the command-line library wants it, which may have other names. */
    static OptionSpec option(StartFlag flag, List<String> otherNames) {
        List<String> names = new ArrayList<>(otherNames);
        names.add("--" + flag.key());
        return OptionSpec.builder(names.toArray(String[]::new))
                .paramLabel("<" + flag.value().replaceAll("[\\[\\]]", "") + ">")
                .arity(flag.isSwitch() ? "0" : flag.isOptional() ? "0..1" : "1")
                .fallbackValue(flag.isOptional() ? "true" : "")
                .type(flag.isSwitch() ? boolean.class : String.class)
                .description(flag.description())
                .build();
    }

    @Override
    public Integer call() {
        Map<String, String> given = given(spec);
        Optional<String> mistake = mistake(given);
        if (mistake.isPresent()) {
            throw new ParameterException(spec.commandLine(), mistake.get());
        }
        return run(given);
    }

    /**
     * What is wrong with a choice of options before their values are looked at.
     *
     * @param given options by key.
     * @return one sentence; empty when head or address is given.
     */
    static Optional<String> mistake(Map<String, String> given) {
        boolean head = given.containsKey("head");
        boolean address = given.containsKey("address");
        if (head == address) {
            return Optional.of(
                    head
                            ? "`--head` starts a cluster and `--address` joins one: give one of them."
                            : "`--address` is a required flag unless starting a head node with `--head`.");
        }
        if (given.containsKey("shell") && !given.containsKey("block")) {
            return Optional.of("`--shell` gives a shell in the foreground: give `--block`, too.");
        }
        return Optional.empty();
    }

    /**
     * Becomes the node.
     *
     * @param given options by key.
     * @return exit status, when the node has ended.
     */
    static int run(Map<String, String> given) {
        if (given.containsKey("address")) {
            return JoinCheck.refuse(given.get("address"), given);
        }
        boolean owned = Boolean.getBoolean("thornback.owned");
        Home home = Home.ofThisProcess();
        Starter starter = owned ? new OwnerStarter(System.in) : starter(given);
        Map<String, String> options = new LinkedHashMap<>(given);
        options.keySet().removeAll(OWN_FLAGS);
        return new NodeStart(home, Features.read(home), new GivenOptions(options, owned), starter, LIMIT).run();
    }

    private static Starter starter(Map<String, String> given) {
        ShellStarter starter = new ShellStarter(remarks(given));
        return given.containsKey("shell") ? new BoundStarter(starter, System.in) : starter;
    }

    private static List<String> remarks(Map<String, String> given) {
        List<String> remarks = new ArrayList<>();
        if (given.containsKey("redis-password")) {
            remarks.add(
                    "ray start: warning: --redis-password on the command line can be read by everybody on this machine"
                            + " while the command runs; use the environment variable RAY_REDIS_PASSWORD or a file.");
        }
        return remarks;
    }

    /** What was given, by key; a flag by its longest name. */
    static Map<String, String> given(CommandSpec spec) {
        Map<String, String> given = new LinkedHashMap<>();
        for (ArgSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            List<String> values = option.stringValues();
            String key = ((OptionSpec) option).longestName().substring(2);
            given.put(key, values.isEmpty() ? "true" : values.getLast());
        }
        return given;
    }

    /**
     * Options as the configuration asks for them.
     *
     * @param given by key.
     * @param owned the starter is a driver.
     */
    record GivenOptions(Map<String, String> given, boolean owned) implements LaunchOptions {
        GivenOptions {
            given = Map.copyOf(given);
        }

        @Override
        public String toString() {
            return "options " + given.keySet(); // a password may be among the values
        }
    }
}
