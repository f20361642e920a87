// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeProvider;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

/** Tells editors of Config Admin what the live options are: type, range and description, from the catalogue. Immutable. */
final class OptionsMetaType implements MetaTypeProvider {

    @Override
    public ObjectClassDefinition getObjectClassDefinition(String id, String locale) {
        return new LiveOptionsDefinition();
    }

    @Override
    public String[] getLocales() {
        return null;
    }

    /** All live options as one class of objects. */
    private record LiveOptionsDefinition() implements ObjectClassDefinition {
        @Override
        public String getName() {
            return "Live options";
        }

        @Override
        public String getID() {
            return LiveConfiguration.PID;
        }

        @Override
        public String getDescription() {
            return "Options of this node that take effect while it runs.";
        }

        @Override
        public AttributeDefinition[] getAttributeDefinitions(int filter) {
            return filter == REQUIRED
                    ? new AttributeDefinition[0]
                    : OptionCatalogue.ALL.stream()
                            .filter(Option::live)
                            .map(OptionDefinition::new)
                            .toArray(AttributeDefinition[]::new);
        }

        @Override
        public InputStream getIcon(int size) {
            return null;
        }
    }

    /** One option. */
    private record OptionDefinition(Option<?> option) implements AttributeDefinition {
        @Override
        public String getName() {
            return option.name();
        }

        @Override
        public String getID() {
            return option.name();
        }

        @Override
        public String getDescription() {
            return option.description() + range();
        }

        private String range() {
            if (!isNumber()) {
                return "";
            }
            String unit = option.unit().isEmpty() ? "" : option.unit() + " ";
            return " (" + unit + option.least() + " to " + option.most() + ")";
        }

        private boolean isNumber() {
            return getType() != STRING;
        }

        @Override
        public int getCardinality() {
            return 0;
        }

        @Override
        public int getType() {
            if (option.type() == Integer.class) {
                return INTEGER;
            }
            return option.type() == Long.class ? LONG : STRING;
        }

        @Override
        public String[] getOptionValues() {
            return option.words().isEmpty() ? null : option.words().toArray(String[]::new);
        }

        @Override
        public String[] getOptionLabels() {
            return getOptionValues();
        }

        @Override
        public String validate(String value) {
            List<String> problems = new ArrayList<>();
            ValueReader.read(option, value, "edit", problems);
            return String.join(" ", problems);
        }

        @Override
        public String[] getDefaultValue() {
            Optional<String> value = option.defaultValue();
            return value.map(text -> new String[] {text}).orElse(null);
        }
    }
}
