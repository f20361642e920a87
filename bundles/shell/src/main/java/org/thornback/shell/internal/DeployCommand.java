// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.ThornbackException;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.deploy.DeployFolder;
import org.thornback.api.deploy.Deployment;
import org.thornback.shell.internal.Column.Kind;

/** {@code ray deploy}: shows the deploy folder and changes it. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=deploy")
public final class DeployCommand extends CheckedCommand {
    private static final Verbs VERBS = new Verbs("list", "add FILE", "remove NAME");
    private static final int SECONDS = 60;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile DeployFolder folder;

    /** Waits for somebody to ask. */
    @Activate
    public DeployCommand() {
        super("deploy");
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        String verb = VERBS.check(words);
        DeployFolder asked = Question.there(folder, "the deploy folder of this node");
        if (verb.equals("list")) {
            list(asked, words, out);
            return 0;
        }
        String what = words.argument(1).orElseThrow();
        try {
            if (verb.equals("add")) {
                Deployment done = await(asked.add(words.path("FILE", what)));
                out.println(done.name() + " is deployed (" + word(done) + ").");
            } else {
                String name = Path.of(what).getFileName().toString(); // of the folder, wherever else there is one
                await(asked.remove(name));
                out.println(name + " is gone.");
            }
            return 0;
        } catch (ThornbackException refused) {
            throw RefusedException.because(refused.getMessage());
        } catch (TimeoutException late) {
            throw RefusedException.because("it is not done after " + SECONDS + " s; see `ray deploy list`.");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw RefusedException.because("the node is ending.");
        }
    }

    private static <T> T await(CompletionStage<T> answer) throws InterruptedException, TimeoutException {
        try {
            return answer.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ThornbackException known
                    ? known
                    : new ThornbackException(
                            ThornbackException.Category.FATAL, "it could not be done: " + e.getCause() + ".", e);
        }
    }

    private static void list(DeployFolder folder, Words words, PrintStream out) {
        if (!words.has("--json")) {
            out.println(folder.directory());
        }
        out.print(new Listing<>(
                        List.of(
                                new Column<>("name", Kind.TEXT, Deployment::name),
                                new Column<>("kind", Kind.WORD, DeployCommand::word),
                                new Column<>("state", Kind.WORD, DeployCommand::state),
                                new Column<>("hash", Kind.ID, Deployment::hash),
                                new Column<>("remark", Kind.SENTENCE, Deployment::remark)),
                        folder.list())
                .text(words));
    }

    private static String state(Deployment one) {
        if (!one.broken()) {
            return one.remark().isEmpty() ? "live" : "waits";
        }
        return one.hash().isEmpty() ? "broken" : "old";
    }

    private static String word(Deployment one) {
        return one.kind().name().toLowerCase(Locale.ROOT);
    }
}
