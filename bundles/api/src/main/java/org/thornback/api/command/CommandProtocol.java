// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.command;

/**
 * How an operator's process talks to the command socket of a node, a UNIX stream socket named {@link #SOCKET}.
 *
 * <p>One connection carries one command. All numbers are big-endian 32-bit integers ({@code java.io.DataOutput}), texts are
 * their length in bytes followed by UTF-8.
 *
 * <pre>
 *  request   +-------+---------+-------+------+----------+-----
 *            | MAGIC | VERSION | count | name | argument | ...      count texts, the first is the command
 *            +-------+---------+-------+------+----------+-----
 *  reply     +------+--------+-------+                              repeated, the last frame is EXIT
 *            | kind | length | bytes |                              kind: one byte
 *            +------+--------+-------+
 * </pre>
 *
 * <p>{@link #OUT} and {@link #ERR} carry UTF-8 for the user's standard output and standard error, in the order written;
 * {@link #EXIT} carries four bytes, the exit status. A connection that ends without {@code EXIT} means that the node died.
 *
 * <p>The socket has mode 0600 in a directory of mode 0700, and the node asks the kernel for the user at the other end before
 * it reads: anybody else is disconnected without an answer. A request with another magic or version is answered with one
 * sentence and exit status 1.
 */
public final class CommandProtocol {
    /** Name of the socket, as in {@code Session.socket(SOCKET)}. */
    public static final String SOCKET = "command";

    /** First number of a request: {@code "RAYC"}. */
    public static final int MAGIC = 0x52415943;

    /** Version of this protocol. */
    public static final int VERSION = 1;

    /** Most texts in one request. */
    public static final int MAX_TEXTS = 1024;

    /** Most bytes of one text. */
    public static final int MAX_TEXT_BYTES = 1 << 20;

    /** Kind of a frame for the user's standard output. */
    public static final byte OUT = 1;

    /** Kind of a frame for the user's standard error. */
    public static final byte ERR = 2;

    /** Kind of the last frame: the exit status. */
    public static final byte EXIT = 3;

    /**
     * Exit status of a command that did nothing yet, for it ends something: it said what on standard error, and does it when
     * it is run again with {@code --yes}. No user sees this status: it is 1 for those who do not agree.
     */
    public static final int UNCONFIRMED = 3;

    private CommandProtocol() {}
}
