/** What the tests on the real cluster share: the cluster of {@code e2e/cluster up}, a farm for each test, and kubectl. */
package dev.smartdispatcher.e2e.cluster.tier;
