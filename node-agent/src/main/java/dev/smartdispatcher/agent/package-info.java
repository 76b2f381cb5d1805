/** Smart Dispatcher: node-agent. */
package dev.smartdispatcher.agent;
