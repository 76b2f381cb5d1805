/** What the tests of the operator on the embedded API have in common. */
package dev.smartdispatcher.e2e.operator.harness;
