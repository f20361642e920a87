// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Text and numbers in ASCII; what is not ASCII becomes a question mark. */
final class AsciiText {

    private AsciiText() {}

    static byte[] encode(CharSequence text, int offset, int length) {
        byte[] bytes = new byte[Math.max(0, length)];
        for (int i = 0; i < bytes.length; i++) {
            char character = text.charAt(offset + i);
            bytes[i] = (byte) (character > 127 ? '?' : character);
        }
        return bytes;
    }

    static String decode(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < 0) {
                bytes[i] = '?';
            }
        }
        return new String(bytes, ISO_8859_1);
    }

    static String natural(long value) {
        if (value < 0) {
            throw new NumberFormatException("value=" + value + " is negative, expected a natural number");
        }
        return Long.toString(value);
    }

    static String padded(int length, int value) {
        String digits = natural(value);
        if (digits.length() > length) {
            throw new NumberFormatException("value=" + value + " does not fit into length=" + length);
        }
        return "0".repeat(length - digits.length()) + digits;
    }

    static long parseNatural(String text) {
        if (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            throw new NumberFormatException("text=" + text + " has a sign, expected a natural number");
        }
        return parse(text);
    }

    static long parse(String text) {
        if (text.isEmpty() || text.charAt(0) == '+') {
            throw new NumberFormatException("text=\"" + text + "\" is not a number");
        }
        return Long.parseLong(text);
    }
}
