package dev.stile.engines;

import java.util.UUID;

/// The one account and region that the engines pretend to be, and the names things have there.
final class Aws {
  static final String ACCOUNT = "000000000000";
  static final String REGION = "eu-central-1";

  private Aws() {}

  static String arn(String service, String resource) {
    return String.join(":", "arn", "aws", service, REGION, ACCOUNT, resource);
  }

  /// Message and request ids are UUIDs in every service spoken here.
  static String freshId() {
    return UUID.randomUUID().toString();
  }
}
