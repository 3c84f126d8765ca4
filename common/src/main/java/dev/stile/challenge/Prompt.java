package dev.stile.challenge;

/// How a user is asked, where there is more to it than a code that an app shows.
public sealed interface Prompt permits Dispatch, PasskeyPrompt {}
