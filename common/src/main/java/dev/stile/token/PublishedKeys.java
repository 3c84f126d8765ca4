package dev.stile.token;

import java.util.List;

/// The public keys under which grants may be verified now: the signing one, those to come, those
/// that still have grants out.
public interface PublishedKeys {
  List<PublishedKey> all();
}
