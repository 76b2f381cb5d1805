/**
 * The waiting jobs in their tenant queues, and what their tenants have of the farm: brought up to date by what changes, and arranged so
 * that a change costs what it touches. It decides nothing.
 */
package dev.smartdispatcher.operator.scheduler.queue;
