# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about Programs to read and run, the one that ray demo runs, and bundles to drop into a node.
needs runtime

jar org.thornback:org.thornback.examples examples
jar org.thornback:org.thornback.examples.polite-policy examples/bundles
jar org.thornback:org.thornback.examples.disk-backend examples/bundles
