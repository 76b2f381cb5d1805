/** What a node agent may write and what not, and what happens where it may not. */
package dev.smartdispatcher.e2e.api.rights.agent;
