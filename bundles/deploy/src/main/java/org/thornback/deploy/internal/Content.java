// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;
import org.thornback.api.InvalidInputException;
import org.thornback.api.deploy.Deployment.Kind;

/**
 * What a file had in it when it was read. Immutable.
 *
 * @param name  of the file.
 * @param kind  what it is.
 * @param bytes all of it; not to be changed.
 * @param hash  SHA-256 in hex.
 */
record Content(String name, Kind kind, byte[] bytes, String hash) {
    static final String JAR = ".jar";
    static final String CFG = ".cfg";
    static final String FEATURE = ".feature";
    private static final Pattern UNFINISHED = Pattern.compile("^[.~#]|(?i)[.](?:tmp|temp|part|bak|swp)[.]\\w+$");
    private static final long MOST_BYTES = 64L << 20;

    Content {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(hash, "hash");
    }

    /** Whether a file of that name is for the deploy folder at all: hidden ones and those of editors are not. */
    static boolean concerns(String name) {
        return !UNFINISHED.matcher(name).find() && (name.endsWith(JAR) || name.endsWith(CFG) || name.endsWith(FEATURE));
    }

    /** Reads a file, or says why it cannot be taken. */
    static Content read(Path file) {
        String name = file.getFileName().toString();
        if (!concerns(name)) {
            throw new InvalidInputException("file=" + file + " is nothing to deploy: its name must end in " + JAR + ", "
                    + CFG + " or " + FEATURE + ", and be no hidden or temporary one.");
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InvalidInputException("file=" + file + " is larger than " + MOST_BYTES + " bytes: put what is"
                        + " large where every node can read it, and its path on the code search path.");
            }
            Kind kind = kind(file, name);
            byte[] bytes = Files.readAllBytes(file);
            return new Content(name, kind, bytes, hash(bytes));
        } catch (IOException unreadable) {
            throw new InvalidInputException("file=" + file + " cannot be read: " + unreadable.getMessage() + ".");
        }
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /**
     * What is in it, as lines of text.
     *
     * @throws InvalidInputException when it is no text in UTF-8.
     */
    String text() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().noneMatch(one -> Character.isISOControl(one) && !Character.isWhitespace(one))) {
                return text;
            }
        } catch (CharacterCodingException other) {
            // said below
        }
        throw new InvalidInputException("file=" + name + " is no text in UTF-8: write it as lines of text.");
    }

    private static Kind kind(Path file, String name) {
        if (name.endsWith(CFG)) {
            return Kind.CONFIGURATION;
        }
        return name.endsWith(FEATURE) ? Kind.FEATURE : jarKind(file);
    }

    /** A jar's directory is at its end, so one that was copied only in part has none. */
    private static Kind jarKind(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() == 0) {
                throw new InvalidInputException("file=" + file + " is an empty jar.");
            }
        } catch (IOException broken) {
            throw new InvalidInputException("file=" + file + " is not a whole jar: " + broken.getMessage()
                    + "; if it is still being copied, it is looked at again.");
        }
        try (JarInputStream jar = new JarInputStream(Files.newInputStream(file))) {
            Manifest manifest = jar.getManifest();
            boolean bundle =
                    manifest != null && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null;
            return bundle ? Kind.BUNDLE : Kind.CODE;
        } catch (IOException broken) {
            throw new InvalidInputException("file=" + file + " has no readable manifest: " + broken.getMessage() + ".");
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
