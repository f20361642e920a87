# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about How bytes lie in shared memory and in messages; everything that speaks to another process needs it.
needs base

bundle 4 org.thornback:org.thornback.lib.agrona
bundle 4 com.google.flatbuffers:flatbuffers-java
bundle 4 org.thornback:org.thornback.layout
