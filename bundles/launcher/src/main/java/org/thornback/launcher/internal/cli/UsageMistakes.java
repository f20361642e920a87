// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says one sentence about a mistyped command line, with the nearest right word, and ends with status 2. */
final class UsageMistakes implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException mistake, String[] words) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println(command.getCommandName() + ": " + sentence(mistake));
        return 2;
    }

    static String sentence(ParameterException mistake) {
        String name = mistake.getCommandLine().getCommandName();
        if (mistake instanceof UnmatchedArgumentException unknown
                && !unknown.getUnmatched().isEmpty()) {
            String word = withoutValue(unknown.getUnmatched().getFirst());
            List<String> known = NearestWord.known(mistake.getCommandLine().getCommandSpec(), word.startsWith("-"));
            String kind = word.startsWith("-") ? "option" : known.isEmpty() ? "argument" : "command";
            String hint = NearestWord.of(word, known)
                    .map(nearest -> "did you mean " + nearest + "? ")
                    .orElse("");
            return "unknown " + kind + " " + word + ": " + hint + "See `" + name + " --help`.";
        }
        if (mistake instanceof MissingParameterException missing) {
            return "a value is missing: " + missing.getMessage() + ". See `" + name + " --help`.";
        }
        return mistake.getMessage();
    }

    /** What stands behind the equals sign may be a secret. */
    private static String withoutValue(String word) {
        int equals = word.indexOf('=');
        return word.startsWith("-") && equals > 0 ? word.substring(0, equals) : word;
    }
}
