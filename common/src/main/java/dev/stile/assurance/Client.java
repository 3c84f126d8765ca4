package dev.stile.assurance;

import java.util.List;

/// An application that calls Stile: the client ids its tokens carry, the audiences it may ask
/// grants for (the first is the default), the host that its users know (shown in messages), the
/// locale, and what it may do as a back end.
public record Client(
    String id,
    List<String> tokenClientIds,
    List<String> audiences,
    String host,
    String locale,
    BackEnd backEnd) {
  public Client {
    tokenClientIds = List.copyOf(tokenClientIds);
    audiences = List.copyOf(audiences);
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException("a client has an audience");
    }
  }

  /// A client that only users call.
  public Client(
      String id, List<String> tokenClientIds, List<String> audiences, String host, String locale) {
    this(id, tokenClientIds, audiences, host, locale, BackEnd.NONE);
  }
}
