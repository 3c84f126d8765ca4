package dev.stile.aws.sns;

/// The topic of events.
public record TopicArn(String text) {}
