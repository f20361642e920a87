// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.Explanation;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.store.StoreBackend;

/** The values that won, with where they came from. Immutable. */
final class LayeredConfiguration implements Configuration {
    private static final String HIDDEN = "****";

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> sources = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    /** Takes the strongest value of every option; what is wrong is added to {@code problems}. */
    LayeredConfiguration(List<Layer> layers, List<String> problems) {
        for (Option<?> option : OptionCatalogue.ALL) {
            take(option, layers, problems);
        }
        checkHugePages(problems);
    }

    private void checkHugePages(List<String> problems) {
        String word = find(OptionCatalogue.HUGE_PAGES).orElse("false");
        if (word.equals("false")) {
            return;
        }
        String said = "huge-pages=" + word + " (" + sources.get(OptionCatalogue.HUGE_PAGES.name()) + ")";
        if (find(OptionCatalogue.PLASMA_DIRECTORY).isEmpty()) {
            problems.add(said + " needs the directory of a hugetlbfs: give plasma-directory, for instance"
                    + " --plasma-directory=/mnt/hugepages, or leave huge-pages out.");
        }
        find(OptionCatalogue.PLASMA_BACKEND)
                .filter(name -> !name.equals(StoreBackend.HUGE_PAGES))
                .ifPresent(name -> problems.add(
                        said + " and plasma-backend=" + name + " exclude each other: leave one of them out."));
    }

    @Override
    public <T> Optional<T> find(Option<T> option) {
        return Optional.ofNullable(values.get(option.name())).map(option.type()::cast);
    }

    @Override
    public Explanation explain(Option<?> option) {
        String text = texts.getOrDefault(option.name(), "");
        return new Explanation(
                option,
                option.secret() && !text.isEmpty() ? HIDDEN : text,
                sources.getOrDefault(option.name(), "detected"));
    }

    @Override
    public List<Explanation> explainAll() {
        return OptionCatalogue.ALL.stream().map(this::explain).toList();
    }

    private void take(Option<?> option, List<Layer> layers, List<String> problems) {
        String text = option.defaultValue().orElse(null);
        String source = "default";
        for (Layer layer : layers) {
            Optional<String> found = layer.find(option);
            if (found.isPresent()) {
                text = layer.live() && found.get().isEmpty()
                        ? option.defaultValue().orElse(null) // an edit says that there is nothing
                        : found.get();
                source = layer.source().apply(option);
            }
        }
        if (text == null) {
            return;
        }
        Object value = ValueReader.read(option, text, source, problems);
        if (value == null && option.defaultValue().isPresent()) {
            text = option.defaultValue().get();
            source = "default";
            value = ValueReader.read(option, text, source, problems);
        }
        if (value != null) {
            values.put(option.name(), value);
            texts.put(option.name(), text);
            sources.put(option.name(), source);
        }
    }
}
