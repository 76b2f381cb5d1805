/** What the DispatchPolicy says of one namespace or one worker. */
package dev.smartdispatcher.operator.policy;
