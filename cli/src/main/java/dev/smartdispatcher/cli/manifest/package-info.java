/** What commands print: API objects that have been checked, with remarks on what they do not say. */
package dev.smartdispatcher.cli.manifest;
