// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thornback.api.command.CommandParameter.Subject;

/**
 * The commands that look at a running node or change it: the one place where their words are written down, for the command
 * line and for the node's shell alike.
 */
public final class CommandCatalogue {
    /** Answer as JSON. */
    public static final CommandParameter JSON = CommandParameter.flag("--json", "Answer as JSON.");

    /** Width of tables. */
    public static final CommandParameter WIDTH = CommandParameter.option(
            "--width", "COLUMNS", "Widest line of a table; that of the terminal, else as wide as it comes.");

    /** Where relative paths begin. */
    public static final CommandParameter FROM =
            CommandParameter.option("--from", "DIRECTORY", "Where a relative path begins; that of the user, mostly.");

    /**
     * Stands in an answer of {@link #COMPLETE} for the files of whoever asks, which the node does not know: an empty word with a
     * remark.
     */
    public static final String LOCAL_FILES = "\tfiles";

    /** Agreement with what ends something. */
    public static final CommandParameter YES = CommandParameter.flag("--yes", "Do it without asking.");

    /** Answers what may stand where the user of a shell is typing. */
    public static final String COMPLETE = "complete";

    /**
     * Keeps a session of the Felix shell, with its variables, for as long as its user stays connected; says the session's id in
     * a line, and then no more.
     */
    public static final String SESSION = "session";

    /** The session a line of {@code exec} belongs to; otherwise it has one of its own. */
    public static final CommandParameter IN_SESSION =
            CommandParameter.option("--in-session", "ID", "Id that the command session said.");

    /** Commands that {@code ray shell} asks behind its user's back; nobody types them, so no list has them. */
    public static final Set<String> UNTYPED = Set.of(COMPLETE, SESSION);

    private static final CommandParameter KIND = CommandParameter.argument("KIND", "What kind of thing.");
    private static final CommandParameter VERB = CommandParameter.argument("VERB", "What to do.");

    /** Every command, in the order of the help. */
    public static final List<CommandDescription> ALL = List.of(
            of(
                    "status",
                    "Shows nodes, resources, demands and the object store of a cluster.",
                    CommandParameter.flag("--verbose", "Show each node."),
                    JSON),
            of(
                    "list",
                    "Lists what there is of a kind.",
                    KIND.oneOf("nodes", "jobs", "tasks", "leases", "actors", "objects", "workers", "resources"),
                    JSON,
                    WIDTH),
            of(
                    "get",
                    "Shows all about one thing, named by its id or the beginning of it.",
                    KIND.oneOf("node", "job", "task", "lease", "actor", "object", "worker", "resource"),
                    CommandParameter.argument("ID", "Its id, the beginning of it, or its name.")
                            .naming(Subject.OF_KIND),
                    JSON,
                    WIDTH),
            of("summary", "Counts what there is of a kind.", KIND.oneOf("tasks", "actors", "objects"), JSON, WIDTH),
            of("nodes", "Lists the nodes of the cluster.", JSON, WIDTH),
            of("jobs", "Lists the jobs that run and those that have finished.", JSON, WIDTH),
            of(
                    "tasks",
                    "Lists tasks and calls of actors: all that are not over, and the latest that are.",
                    JSON,
                    WIDTH),
            of("leases", "Lists what tasks run on: leases of workers, and requests that wait for one.", JSON, WIDTH),
            of("actors", "Lists the actors.", JSON, WIDTH),
            of("objects", "Lists the objects in the store of this node.", JSON, WIDTH),
            of("workers", "Lists the worker processes of this node.", JSON, WIDTH),
            of("resources", "Shows what the node has, and what is not in use of it.", JSON, WIDTH),
            of(
                    "why",
                    "Says why a task or an actor waits, or all that waits.",
                    CommandParameter.argument("ID", "Number of a task's lease, id or name of an actor.")
                            .naming(Subject.WAITING)
                            .optional()),
            of(
                    "kill",
                    "Ends an actor, a worker or a job.",
                    CommandParameter.argument(
                                    "ID", "Id or name of an actor, id or pid=PROCESS of a worker, number of a job.")
                            .naming(Subject.MORTAL),
                    YES),
            of(
                    "logs",
                    "Lists the log files of the session, or shows one.",
                    CommandParameter.argument("FILE", "Name of the file, or the beginning of it.")
                            .naming(Subject.LOG)
                            .optional(),
                    CommandParameter.option("--tail", "LINES", "Show this many lines of its end only."),
                    CommandParameter.flag("--follow", "Go on with what is written from now on, until interrupted."),
                    JSON,
                    WIDTH),
            of(
                    "stack",
                    "Shows what the threads of workers do.",
                    CommandParameter.argument("WORKER", "One worker: its id or process; else all that work.")
                            .naming(Subject.WORKER)
                            .optional(),
                    CommandParameter.flag("--all", "Idle workers and the node itself, too.")),
            of("metrics", "Prints what a node measures now, in Prometheus' text format."),
            of("redis", "Shows the control plane: where its Redis is, and what it holds.", JSON, WIDTH),
            of(
                    "store",
                    "Shows the backends of the object store, or lets new objects go to another one.",
                    VERB.oneOf("list", "use"),
                    CommandParameter.argument("NAME", "Backend to be used.")
                            .naming(Subject.BACKEND)
                            .optional(),
                    CommandParameter.option("--directory", "DIRECTORY", "Where the backend's files go.")
                            .naming(Subject.LOCAL_FILE),
                    FROM,
                    JSON,
                    WIDTH),
            of(
                    "deploy",
                    "Shows the deploy folder of a node, puts a file there, or takes one away.",
                    VERB.oneOf("list", "add", "remove"),
                    CommandParameter.argument("FILE", "A file to be added, or the name of one to be removed.")
                            .naming(Subject.LOCAL_FILE)
                            .optional(),
                    FROM,
                    JSON,
                    WIDTH),
            of(
                    "feature",
                    "Shows the features of the distribution, or installs or removes one while the node runs.",
                    VERB.oneOf("list", "install", "uninstall"),
                    CommandParameter.argument("NAME", "The feature.").optional(),
                    JSON,
                    WIDTH),
            of(
                    "config",
                    "Shows the options of a node, or changes live ones, all or none: set KEY VALUE, or set KEY=VALUE"
                            + " ....",
                    VERB.oneOf("list", "get", "explain", "set"),
                    CommandParameter.argument("KEY", "The option.")
                            .naming(Subject.OPTION)
                            .optional(),
                    CommandParameter.argument("VALUE", "Its new value, or more options as KEY=VALUE.")
                            .naming(Subject.SETTING)
                            .optional()
                            .repeated(),
                    JSON,
                    WIDTH),
            of(
                    "policy",
                    "Shows the scheduling policies, or lets another one choose from the next lease on.",
                    VERB.oneOf("list", "use"),
                    CommandParameter.argument("NAME", "Policy to be used.")
                            .naming(Subject.POLICY)
                            .optional(),
                    JSON,
                    WIDTH),
            of(
                    "health-check",
                    "Says what each health check of a node means and finds.",
                    JSON,
                    CommandParameter.flag("--problems", "Print what is not well only, a line each.")),
            of(
                    "exec",
                    "Runs one line in the Felix shell of a node, for instance `ray exec \"lb plasma\"`.",
                    CommandParameter.argument(
                            "LINE", "Commands as the Felix shell has them; ours have the scope ray.")),
            of(
                    "help",
                    "Lists the commands, or says all about one.",
                    CommandParameter.argument("COMMAND", "The command.")
                            .naming(Subject.COMMAND)
                            .optional(),
                    WIDTH));

    private CommandCatalogue() {}

    private static CommandDescription of(String name, String summary, CommandParameter... parameters) {
        return new CommandDescription(name, summary, List.of(parameters));
    }

    /**
     * Finds a command.
     *
     * @param name its word.
     * @return empty when it is none of these.
     */
    public static Optional<CommandDescription> find(String name) {
        return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
    }
}
