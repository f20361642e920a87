# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about The Felix web console: on loopback, with a password of the session's own.
when include-webui
needs shell

bundle 20 org.apache.felix:org.apache.felix.http.servlet-api
bundle 20 org.apache.felix:org.apache.felix.http.jetty12
bundle 20 commons-fileupload:commons-fileupload
bundle 20 org.owasp.encoder:encoder
bundle 20 org.apache.felix:org.apache.felix.inventory
bundle 20 org.apache.felix:org.apache.felix.webconsole
bundle 20 org.apache.felix:org.apache.felix.webconsole.plugins.ds
bundle 21 org.thornback:org.thornback.webui
