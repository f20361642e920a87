# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about Memory of the object store in huge pages.
needs plasma

bundle 5 org.thornback:org.thornback.plasma-hugepages
