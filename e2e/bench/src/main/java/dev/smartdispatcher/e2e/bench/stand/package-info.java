/** Where benchmarks run: real control planes with hollow nodes, the operator as a process, and what is measured of them. */
package dev.smartdispatcher.e2e.bench.stand;
