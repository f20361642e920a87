// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thornback.benchmarks.report.Mark.AgainstPeer;
import org.thornback.benchmarks.report.Mark.AtLeast;
import org.thornback.benchmarks.report.Mark.AtLeastTimes;
import org.thornback.benchmarks.report.Mark.AtMost;
import org.thornback.benchmarks.report.Mark.AtMostTimes;
import org.thornback.benchmarks.report.Mark.None;

/** All rows there are, and those whose subject does not exist yet. */
final class Rows {
    /** Figures that wait for what they measure. */
    static final List<String> NOT_YET = List.of("object between two nodes on one machine, 256 MiB");

    private static final String OURS = "thornback:";
    private static final String RAY = "ray:";
    private static final String PING_PONG = "limits:ping-pong";
    private static final double HALF = 0.5;
    private static final double SAME_MEMORY = 0.97;
    private static final double OVER_PLAIN = 1.2;

    private Rows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        lifeOfACluster(rows);
        calls(rows);
        objects(rows);
        arrow(rows);
        hugePages(rows);
        scheduling(rows);
        return rows;
    }

    private static void lifeOfACluster(List<Row> rows) {
        rows.add(less("`ray start --head`, second start", "s", "start", new AtMost(1)));
        rows.add(less("`ray stop`", "s", "stop", new AtMost(1)));
        rows.add(
                less("idle head, all processes but workers, RSS without shared memory", "MB", "idle", new AtMost(200)));
        rows.add(less("`Ray.init()` that starts a cluster", "s", "init", new AtMost(1.2)));
        rows.add(less("first task after init", "ms", "first-task", new AtMost(70)));
        rows.add(less("`Ray.shutdown()`", "s", "shutdown", new AtMost(1)));
        rows.add(other("`ray plasma-store` ready, second start", "s", "ready", "Arrow", false, new AtMost(HALF)));
    }

    private static void calls(List<Row> rows) {
        Mark twoPingPongs = new AtMostTimes(2, PING_PONG, "ping-pong");
        rows.add(less("task, one at a time, p50", "µs", "task.sync", twoPingPongs));
        rows.add(other("task, one at a time, p50", "µs", "task.sync", "Hazelcast", false, new None()));
        rows.add(more("tasks, 5,000 submitted, then all got", "/s", "task.async", new AtLeast(60_000)));
        rows.add(other(
                "tasks, 5,000 submitted, then all got",
                "/s",
                "task.async",
                "Hazelcast",
                true,
                new AgainstPeer(1, true)));
        rows.add(less("actor call, one at a time, p50", "µs", "actor.sync", twoPingPongs));
        rows.add(other("actor call, one at a time, p50", "µs", "actor.sync", "Pekko", false, new None()));
        rows.add(more("actor calls, 10,000 submitted, then all got", "/s", "actor.async", new AtLeast(150_000)));
        rows.add(other("actor calls, 10,000 submitted, then all got", "/s", "actor.async", "Pekko", true, new None()));
    }

    private static void objects(List<Row> rows) {
        rows.add(less("put of an Integer, p50", "µs", "put.integer", new AtMost(10)));
        rows.add(less("get of it, p50", "µs", "get.integer", new AtMost(3)));
        for (int size : new int[] {1, 16, 128}) {
            Mark copy = size < 16 ? new None() : new AtLeastTimes(0.8, "limits:memcpy." + size, "memcpy");
            rows.add(more("put `byte[]` " + size + " MiB, recycled memory", "GB/s", "put.recycled." + size, copy));
            if (size >= 16) {
                Mark rested = new AtLeastTimes(0.8, "limits:memcpy.rested." + size, "memcpy after the same rest");
                String put = "put `byte[]` " + size + " MiB, recycled memory";
                rows.add(new Row(put, "GB/s", OURS + "put.recycled." + size, "", "", true, rested));
            }
            rows.add(more("put `byte[]` " + size + " MiB, fresh memory", "GB/s", "put.fresh." + size, new None()));
        }
        Mark newAndCopy = new AtLeastTimes(0.9, "limits:new-and-copy.16", "`new byte[]` + copy");
        rows.add(more("get `byte[]` 16 MiB", "GB/s", "get.16", newAndCopy));
        Mark restedCopy =
                new AtLeastTimes(0.9, "limits:new-and-copy.rested.16", "`new byte[]` + copy after the same rest");
        rows.add(new Row("get `byte[]` 16 MiB", "GB/s", OURS + "get.16", "", "", true, restedCopy));
        Mark noCopy = new AtLeastTimes(3, "limits:memcpy.16", "memcpy: no copy");
        rows.add(new Row("get `ByteBuffer` 16 MiB", "GB/s", OURS + "get.view.16", "", "", true, noCopy));
    }

    private static void arrow(List<Row> rows) {
        for (String call : List.of("create+seal", "get", "contains", "delete")) {
            rows.add(arrow("pyarrow client, " + call + ", p50", "µs", call, false, 1));
        }
        for (int size : new int[] {1, 16, 256}) {
            rows.add(arrow("pyarrow client, put " + size + " MiB", "GB/s", "put." + size, true, SAME_MEMORY));
        }
    }

    private static void hugePages(List<Row> rows) {
        for (int size : new int[] {16, 256}) {
            String put = "huge pages, put " + size + " MiB";
            String fresh = "fresh." + size;
            rows.add(huge(put + ", recycled memory", "put." + size, new AgainstPeer(SAME_MEMORY, true)));
            rows.add(huge(put + ", fresh memory", fresh, new AgainstPeer(1, true)));
            Mark plain = new AtLeastTimes(OVER_PLAIN, "thornback-plain:" + fresh, "our plain memory, fresh");
            rows.add(new Row(put + ", fresh memory", "GB/s", "thornback-huge:" + fresh, "", "", true, plain));
        }
    }

    private static Row huge(String figure, String name, Mark mark) {
        return new Row(figure, "GB/s", "thornback-huge:" + name, "Arrow", "arrow-huge:" + name, true, mark);
    }

    private static void scheduling(List<Row> rows) {
        rows.add(new Row("scheduling decision, 10,000 nodes", "µs", "jmh:decide.10000", "", "", false, new AtMost(10)));
        Mark flat = new AtMostTimes(2, "jmh:decide.100", "at 100 nodes: flat");
        rows.add(new Row("the same, flat from 100 nodes", "µs", "jmh:decide.10000", "", "", false, flat));
    }

    private static Row less(String figure, String unit, String name, Mark mark) {
        return new Row(figure, unit, OURS + name, "Ray", RAY + name, false, mark);
    }

    private static Row more(String figure, String unit, String name, Mark mark) {
        return new Row(figure, unit, OURS + name, "Ray", RAY + name, true, mark);
    }

    private static Row other(String figure, String unit, String name, String peer, boolean moreIsBetter, Mark mark) {
        return new Row(figure, unit, OURS + name, peer, peer.toLowerCase(Locale.ROOT) + ":" + name, moreIsBetter, mark);
    }

    private static Row arrow(String figure, String unit, String name, boolean moreIsBetter, double factor) {
        Mark mark = new AgainstPeer(factor, moreIsBetter);
        return new Row(figure, unit, "thornback-arrow:" + name, "Arrow", "arrow:" + name, moreIsBetter, mark);
    }
}
