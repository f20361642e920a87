// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import org.thornback.api.health.Diagnosis;
import org.thornback.api.health.Diagnosis.Verdict;

/** Lays out what {@code ray doctor} found, for people and for programs. */
public final class DoctorPage {
    private static final int INDENT = 9;

    private DoctorPage() {}

    /**
     * For people.
     *
     * @param found a diagnosis each.
     * @return lines, the last one ended.
     */
    public static String text(List<Diagnosis> found) {
        StringBuilder text = new StringBuilder();
        for (Diagnosis one : found) {
            text.append(String.format(Locale.ROOT, "%-8s %s: %s", one.verdict(), one.subject(), one.finding()))
                    .append('\n');
            if (!one.remedy().isEmpty()) {
                text.append(" ".repeat(INDENT)).append(one.remedy()).append('\n');
            }
        }
        return text.toString();
    }

    /**
     * For programs.
     *
     * @param found a diagnosis each.
     * @return a JSON object.
     */
    public static String json(List<Diagnosis> found) {
        JsonArray rows = new JsonArray();
        for (Diagnosis one : found) {
            JsonObject row = new JsonObject();
            row.addProperty("subject", one.subject());
            row.addProperty("verdict", one.verdict().name());
            row.addProperty("finding", one.finding());
            row.addProperty("remedy", one.remedy());
            rows.add(row);
        }
        JsonObject all = new JsonObject();
        all.addProperty("well", isWell(found));
        all.add("subjects", rows);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(all) + "\n";
    }

    /**
     * Whether nothing is to be mended.
     *
     * @param found a diagnosis each.
     * @return true without a problem.
     */
    public static boolean isWell(List<Diagnosis> found) {
        return found.stream().noneMatch(one -> one.verdict() == Verdict.PROBLEM);
    }
}
