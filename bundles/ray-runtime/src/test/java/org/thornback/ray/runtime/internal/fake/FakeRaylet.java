// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.fake;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.CancelLeaseRequestDecoder;
import org.thornback.layout.message.LeaseGrantedEncoder;
import org.thornback.layout.message.LeaseRefusedEncoder;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.RequestLeaseDecoder;
import org.thornback.layout.message.ReturnLeaseDecoder;

/** A raylet that grants and refuses leases when the test says so. */
public final class FakeRaylet extends FakePeer {
    private static final int ROOM = 512;

    /** A worker is wanted. */
    public record Requested(long requestId, int backlog, Map<String, Long> resources, String function) {}

    /** A worker is no longer wanted. */
    public record Cancelled(long requestId) {}

    /** A worker came back. */
    public record Returned(long leaseId, boolean workerFailed) {}

    /** Listens. */
    public FakeRaylet(Path socket) {
        super(socket);
    }

    /** Grants a request. */
    public void grant(Requested request, long leaseId, FakeWorker worker) {
        grant(request.requestId(), leaseId, worker.socket());
    }

    /** Grants a request with a worker that listens, or does not, on a socket. */
    public void grant(long requestId, long leaseId, Path worker) {
        SegmentBuffer buffer = channel().claim(ROOM);
        LeaseGrantedEncoder message = new LeaseGrantedEncoder()
                .wrapAndApplyHeader(buffer, channel().offset(), new MessageHeaderEncoder())
                .requestId(requestId)
                .leaseId(leaseId)
                .putWorkerId(new byte[28], 0)
                .pid(1);
        message.socket(worker.toString());
        channel().commit(MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength(), true);
    }

    /** Refuses a request for ever. */
    public void refuse(Requested request, String reason) {
        SegmentBuffer buffer = channel().claim(ROOM);
        LeaseRefusedEncoder message = new LeaseRefusedEncoder()
                .wrapAndApplyHeader(buffer, channel().offset(), new MessageHeaderEncoder())
                .requestId(request.requestId());
        message.reason(reason);
        channel().commit(MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength(), true);
    }

    @Override
    void received(int template, SegmentBuffer buffer, int offset, MessageHeaderDecoder header) {
        switch (template) {
            case RequestLeaseDecoder.TEMPLATE_ID -> {
                RequestLeaseDecoder message = new RequestLeaseDecoder().wrapAndApplyHeader(buffer, offset, header);
                Map<String, Long> resources = new HashMap<>();
                for (RequestLeaseDecoder.ResourcesDecoder resource : message.resources()) {
                    long units = resource.units();
                    resources.put(resource.name(), units);
                }
                tell(new Requested(message.requestId(), (int) message.backlog(), resources, message.functionName()));
            }
            case CancelLeaseRequestDecoder.TEMPLATE_ID ->
                tell(new Cancelled(new CancelLeaseRequestDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .requestId()));
            case ReturnLeaseDecoder.TEMPLATE_ID -> {
                ReturnLeaseDecoder message = new ReturnLeaseDecoder().wrapAndApplyHeader(buffer, offset, header);
                tell(new Returned(message.leaseId(), message.workerFailed() == Bool.YES));
            }
            default -> tell("template " + template);
        }
    }
}
