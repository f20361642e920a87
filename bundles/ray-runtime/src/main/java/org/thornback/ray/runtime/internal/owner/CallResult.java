// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import java.util.List;
import org.thornback.layout.message.ResultStatus;
import org.thornback.ray.runtime.internal.object.Outcome;

/**
 * A worker's answer.
 *
 * @param status       how the call ended.
 * @param outcome      null unless there is a value or an error.
 * @param serviceNanos time in user code and on values.
 * @param contained    ids of references inside the result, held for this process by the worker.
 */
public record CallResult(ResultStatus status, Outcome outcome, long serviceNanos, List<byte[]> contained) {}
