# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about What every node needs: the launcher, Declarative Services, configuration, session and logs.

library  org.thornback:org.thornback.launcher
exported org.thornback:org.thornback.api
library  org.apache.felix:org.apache.felix.framework
library  info.picocli:picocli
exported org.slf4j:slf4j-api
exported ch.qos.logback:logback-core
exported ch.qos.logback:logback-classic
exported org.osgi:org.osgi.service.log
exported org.osgi:org.osgi.service.component
exported org.osgi:org.osgi.util.function
exported org.osgi:org.osgi.util.promise

bundle 1 org.apache.felix:org.apache.felix.scr
bundle 1 org.apache.felix:org.apache.felix.configadmin
bundle 1 org.apache.felix:org.apache.felix.metatype

bundle 2 commons-io:commons-io
bundle 2 commons-logging:commons-logging
bundle 2 org.apache.commons:commons-lang3
bundle 2 org.apache.commons:commons-text
bundle 2 org.apache.commons:commons-configuration2
bundle 2 com.typesafe:config
bundle 2 com.google.code.gson:gson

bundle 3 org.thornback:org.thornback.config
bundle 3 org.thornback:org.thornback.log-layout
bundle 3 org.thornback:org.thornback.resources
