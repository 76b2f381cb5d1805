/** What happened, in the order in which etcd stored it, with what the harness did: recorded, written and read again. */
package dev.smartdispatcher.e2e.chaos.history;
