// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line as {@code bin/ray} and {@code Ray.init()} hand them over: their number, then the words, each
 * text ended by a zero byte.
 *
 * <p>Nothing behind the last word is read, so that the end of the stream can still be waited for: it tells a node that its
 * owner is gone.
 */
public final class ArgumentStream {
    private static final int MAX_WORDS = 10_000;

    private ArgumentStream() {}

    /**
     * Reads the words.
     *
     * @param in read byte by byte up to the end of the last word, and not closed.
     * @return the words in order.
     * @throws IOException when the stream ends early or does not begin with a number.
     */
    public static List<String> read(InputStream in) throws IOException {
        String first = text(in);
        int count;
        try {
            count = Integer.parseInt(first);
        } catch (NumberFormatException wrong) {
            throw new IOException("expected the number of words, got \"" + first + "\"", wrong);
        }
        if (count < 0 || count > MAX_WORDS) {
            throw new IOException("count=" + count + " words, expected 0 to " + MAX_WORDS);
        }
        List<String> words = new ArrayList<>(count);
        while (words.size() < count) {
            words.add(text(in));
        }
        return words;
    }

    private static String text(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
        for (int b = in.read(); b != 0; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the end came inside a word");
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
