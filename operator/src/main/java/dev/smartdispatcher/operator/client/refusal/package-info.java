/** What the API server's refusals mean, and who waits how long because of them. Knows no client: it is told what was said. */
package dev.smartdispatcher.operator.client.refusal;
