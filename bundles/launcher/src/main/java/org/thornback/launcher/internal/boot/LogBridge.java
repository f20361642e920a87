// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * OSGi's log service, spoken into SLF4J, so that an error in a component lands in its log file and not nowhere.
 *
 * <p>A logger bears the name that was asked for, or the symbolic name of its bundle. Safe from any thread.
 */
final class LogBridge {
    private LogBridge() {}

    /**
     * The service.
     *
     * @return to be registered as {@code LogService} and {@code LoggerFactory}.
     */
    static LogService service() {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "getLogger" -> logger(nameIn(arguments));
            case "log" -> oldLog(arguments);
            default -> common(proxy, method, arguments, "log service over SLF4J");
        };
        return (LogService)
                Proxy.newProxyInstance(LogBridge.class.getClassLoader(), new Class<?>[] {LogService.class}, handler);
    }

    private static Object logger(String name) {
        org.slf4j.Logger target = LoggerFactory.getLogger(name);
        InvocationHandler handler = (proxy, method, arguments) -> {
            String verb = method.getName();
            if (verb.equals("getName")) {
                return name;
            }
            if (verb.startsWith("is") && verb.endsWith("Enabled")) {
                return target.isEnabledForLevel(level(verb.substring(2, verb.length() - "Enabled".length())));
            }
            if (arguments == null || method.getDeclaringClass() == Object.class) {
                return common(proxy, method, arguments, "logger " + name);
            }
            if (arguments[0] instanceof LoggerConsumer<?> consumer) {
                run(consumer, proxy);
            } else {
                log(target, level(verb), arguments);
            }
            return null;
        };
        return Proxy.newProxyInstance(
                LogBridge.class.getClassLoader(), new Class<?>[] {org.osgi.service.log.FormatterLogger.class}, handler);
    }

    @SuppressWarnings("unchecked")
    private static void run(LoggerConsumer<?> consumer, Object logger) throws Exception {
        ((LoggerConsumer<Exception>) consumer).accept((Logger) logger);
    }

    private static void log(org.slf4j.Logger target, Level level, Object[] arguments) {
        Object[] values = arguments.length == 2 && arguments[1] instanceof Object[] many
                ? many
                : Arrays.copyOfRange(arguments, 1, arguments.length);
        Object[] told = Arrays.stream(values)
                .filter(value -> !(value instanceof ServiceReference<?>))
                .toArray();
        target.atLevel(level).log(String.valueOf(arguments[0]), told);
    }

    /** {@code log([ServiceReference,] int level, String message[, Throwable])} of the first OSGi releases. */
    private static Object oldLog(Object[] arguments) {
        int at = arguments[0] instanceof Integer ? 0 : 1;
        int number = Math.clamp((Integer) arguments[at], 0, LogLevel.values().length - 1);
        Object[] rest = Arrays.copyOfRange(arguments, at + 1, arguments.length);
        String name = arguments[0] instanceof ServiceReference<?> reference && reference.getBundle() != null
                ? reference.getBundle().getSymbolicName()
                : "osgi";
        log(LoggerFactory.getLogger(name), level(LogLevel.values()[number].name()), rest);
        return null;
    }

    private static Object common(Object proxy, Method method, Object[] arguments, String text) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> text;
        };
    }

    private static String nameIn(Object[] arguments) {
        for (Object argument : arguments) {
            switch (argument) {
                case String name
                when !name.equals(org.slf4j.Logger.ROOT_LOGGER_NAME) -> {
                    return name;
                }
                case Class<?> type
                when !org.osgi.service.log.Logger.class.isAssignableFrom(type) -> {
                    return type.getName();
                }
                default -> {}
            }
        }
        return arguments[0] instanceof Bundle bundle ? bundle.getSymbolicName() : "osgi";
    }

    private static Level level(String word) {
        return switch (word.toUpperCase(java.util.Locale.ROOT)) {
            case "TRACE" -> Level.TRACE;
            case "DEBUG" -> Level.DEBUG;
            case "WARN" -> Level.WARN;
            case "ERROR" -> Level.ERROR;
            default -> Level.INFO;
        };
    }
}
