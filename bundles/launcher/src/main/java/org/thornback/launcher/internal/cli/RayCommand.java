// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.thornback.api.ThornbackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/**
 * {@code ray} itself: knows the commands and turns what they throw into one sentence and an exit status.
 *
 * <p>Exit status: 0 done, 1 refused or failed, 2 wrong usage.
 */
@Command(
        name = "ray",
        description = "Runs Ray programs on the JVM.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class)
public final class RayCommand {
    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("start", StartCommand::new);
        COMMANDS.put("stop", StopCommand::new);
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("health-check", HealthCheckCommand::new);
        COMMANDS.put("config", () -> new AskCommand("config"));
        COMMANDS.put("store", () -> new AskCommand("store"));
        COMMANDS.put("metrics", MetricsCommand::new);
        for (String name : List.of(
                "list",
                "get",
                "summary",
                "nodes",
                "jobs",
                "tasks",
                "leases",
                "actors",
                "objects",
                "workers",
                "resources",
                "why",
                "kill",
                "logs",
                "stack",
                "redis",
                "policy",
                "feature",
                "deploy")) {
            COMMANDS.put(name, () -> new AskCommand(name));
        }
        COMMANDS.put("exec", ExecCommand::new);
        COMMANDS.put("shell", ShellCommand::new);
        COMMANDS.put("doctor", DoctorCommand::new);
        COMMANDS.put("classpath", ClasspathCommand::new);
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("version", VersionCommand::new);
        COMMANDS.put("prepare", PrepareCommand::new);
        COMMANDS.put(PlasmaStoreCommand.NAME, PlasmaStoreCommand::new);
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--version", description = "Show the version.")
    private boolean version;

    private RayCommand() {}

    /**
     * Runs one command line.
     *
     * @param words what stood behind {@code ray}.
     * @return exit status.
     */
    public static int run(List<String> words) {
        String first = words.isEmpty() ? "--help" : words.getFirst();
        if (first.equals("--version")) {
            return run(List.of("version"));
        }
        if (first.equals("start")) {
            Optional<Map<String, String>> given = StartWords.read(words.subList(1, words.size()))
                    .filter(options -> StartCommand.mistake(options).isEmpty());
            if (given.isPresent()) {
                return start(given.get());
            }
        }
        if (first.equals(PlasmaStoreCommand.NAME)) {
            return PlasmaStoreCommand.run(words.subList(1, words.size()));
        }
        if (COMMANDS.containsKey(first)) {
            // only the command at hand is looked at by reflection: a start must be quick
            CommandLine command = command("ray " + first, COMMANDS.get(first).get());
            return execute(command, words.subList(1, words.size()));
        }
        CommandLine ray = new CommandLine(new RayCommand());
        COMMANDS.forEach((name, object) -> ray.addSubcommand(name, command(name, object.get())));
        return execute(ray, words.isEmpty() ? List.of("--help") : words);
    }

    private static int start(Map<String, String> given) {
        try {
            return StartCommand.run(given);
        } catch (RuntimeException failure) {
            System.err.println(sentence("ray start", failure));
            return 1;
        }
    }

    private static CommandLine command(String name, Object object) {
        CommandLine command = new CommandLine(object);
        command.setCommandName(name);
        if (object instanceof StartCommand) {
            StartCommand.addOptions(command.getCommandSpec());
        }
        if (object instanceof DoctorCommand) {
            DoctorCommand.addOptions(command.getCommandSpec());
        }
        if (object instanceof AskCommand ask) {
            ask.describe(command.getCommandSpec());
        }
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .arity("0")
                        .description("Show this help.")
                        .build());
        return command;
    }

    private static int execute(CommandLine command, List<String> words) {
        command.setParameterExceptionHandler(new UsageMistakes());
        command.setExecutionExceptionHandler((failure, at, parsed) -> failed(failure, at));
        command.setUsageHelpWidth(110);
        command.setOverwrittenOptionsAllowed(true);
        return command.execute(words.toArray(String[]::new));
    }

    private static int failed(Exception failure, CommandLine at) {
        String name = at.getCommandName();
        at.getErr().println(sentence(name.startsWith("ray") ? name : "ray " + name, failure));
        return 1;
    }

    private static String sentence(String name, Exception failure) {
        LoggerFactory.getLogger("ray.launcher").error("{} failed", name, failure);
        return name + ": " + (failure instanceof ThornbackException ? failure.getMessage() : failure.toString());
    }
}
