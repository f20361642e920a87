// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.keeper;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.Explanation;
import org.thornback.api.config.Option;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.security.Secret;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;
import org.thornback.api.session.StreamPair;

/**
 * Services that ask whoever provides them now. While nobody does, the last one is asked: these four know values only, which stay
 * true.
 */
final class StandIns {
    private StandIns() {}

    record OfConfiguration(Supplier<Configuration> now) implements Configuration {
        @Override
        public <T> Optional<T> find(Option<T> option) {
            return now.get().find(option);
        }

        @Override
        public Explanation explain(Option<?> option) {
            return now.get().explain(option);
        }

        @Override
        public List<Explanation> explainAll() {
            return now.get().explainAll();
        }
    }

    record OfCredentials(Supplier<RedisCredentials> now) implements RedisCredentials {
        @Override
        public Secret password() {
            return now.get().password();
        }

        @Override
        public boolean isDefault() {
            return now.get().isDefault();
        }
    }

    record OfLog(Supplier<ComponentLog> now) implements ComponentLog {
        @Override
        public StreamPair streams(String stem) {
            return now.get().streams(stem);
        }
    }

    record OfSession(Supplier<Session> now) implements Session {
        @Override
        public String name() {
            return now.get().name();
        }

        @Override
        public Path directory() {
            return now.get().directory();
        }

        @Override
        public Path logs() {
            return now.get().logs();
        }

        @Override
        public Path sockets() {
            return now.get().sockets();
        }

        @Override
        public Path socket(String name) {
            return now.get().socket(name);
        }
    }
}
