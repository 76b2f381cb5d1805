/** The benchmarks, by name: {@code mvn -Pbench -Dbench=NAME}. */
package dev.smartdispatcher.e2e.bench;
