# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about Programs to read and run, and the one that ray demo runs.
needs runtime

jar org.thornback:org.thornback.examples examples
