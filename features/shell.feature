# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about Commands for the operator, and the door they come through.
needs base

bundle 20 org.apache.felix:org.apache.felix.gogo.runtime
bundle 20 org.apache.felix:org.apache.felix.gogo.command
bundle 20 org.thornback:org.thornback.shell

# What lets a user edit lines: for `ray shell` alone, so that no other class path holds it.
jar org.jline:jline shell
