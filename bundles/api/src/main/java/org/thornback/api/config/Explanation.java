// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

/**
 * Why an option has its value.
 *
 * @param option of the catalogue.
 * @param value  as text; {@code ****} for a secret, empty for a detected default.
 * @param source for instance {@code default}, {@code environment RAY_PORT}, {@code command line}.
 */
public record Explanation(Option<?> option, String value, String source) {}
