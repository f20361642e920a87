// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.thornback.api.InvalidInputException;

/** Makes directories only their user can enter, and refuses places that somebody else could have prepared. Stateless. */
final class SafeDirectories {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private SafeDirectories() {}

    /** A directory that exists afterwards, is no link of somebody else, and can be written. */
    static Path root(Path directory) {
        if (!directory.isAbsolute()) {
            throw new InvalidInputException("temp-dir=" + directory
                    + " is not absolute: temp_dir must be an absolute path; give one, for instance /tmp/ray.");
        }
        try {
            if (Files.isSymbolicLink(directory) && !isOurs(directory)) {
                throw new InvalidInputException("temp-dir=" + directory
                        + " is a symbolic link that belongs to " + owner(directory)
                        + ": somebody could lead this session elsewhere; give another directory.");
            }
            if (!Files.isDirectory(directory)) {
                if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                    throw new InvalidInputException(
                            "temp-dir=" + directory + " exists and is not a directory; give another one.");
                }
                createWithParents(directory);
            }
            if (!isOurs(directory.toRealPath()) && !isRoots(directory)) {
                throw new InvalidInputException("temp-dir=" + directory + " belongs to " + owner(directory)
                        + ", who could take this session away; give a directory of your own.");
            }
            if (!Files.isWritable(directory)) {
                throw notWritable(directory);
            }
            return directory;
        } catch (AccessDeniedException e) {
            throw notWritable(directory);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "temp-dir=" + directory + " cannot be used: " + e.getMessage() + "; give another directory.", e);
        }
    }

    /** Makes a directory of mode 0700 that must not have been there. */
    static Path create(Path directory) throws IOException {
        Files.createDirectory(directory, OWNER_ONLY);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }

    static boolean isOurs(Path path) throws IOException {
        return owner(path).equals(Files.getOwner(Path.of("/proc/self"))); // the link itself is root's
    }

    /** A place everybody may use, as /tmp is, belongs to the administrator. */
    private static boolean isRoots(Path directory) throws IOException {
        return owner(directory.toRealPath()).equals(owner(Path.of("/proc")));
    }

    static UserPrincipal owner(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void createWithParents(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null && !Files.exists(parent)) {
            createWithParents(parent);
        }
        try {
            Files.createDirectory(directory, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e; // another node made it at the same moment, which is as good; anything else is not
            }
        }
    }

    private static InvalidInputException notWritable(Path directory) {
        return new InvalidInputException("temp-dir=" + directory
                + " is not writable for this user; give a directory that is, or change its permissions.");
    }
}
